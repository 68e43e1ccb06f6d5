import { Empty } from '../../ui';

export default function Webhook() {
  return <Empty>Nothing is shown here yet.</Empty>;
}
