import { Empty } from '../../ui';

export default function Settlements() {
  return <><h1>Settlements</h1><Empty>Nothing is shown here yet.</Empty></>;
}
