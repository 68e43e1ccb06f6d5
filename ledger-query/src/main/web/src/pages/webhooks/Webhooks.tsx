import { Empty } from '../../ui';

export default function Webhooks() {
  return <><h1>Webhooks</h1><Empty>Nothing is shown here yet.</Empty></>;
}
