import { Empty } from '../../ui';

export default function Alerts() {
  return <><h1>Alerts</h1><Empty>Nothing is shown here yet.</Empty></>;
}
