import { Empty } from '../../ui';

export default function AccessLog() {
  return <Empty>Nothing is shown here yet.</Empty>;
}
