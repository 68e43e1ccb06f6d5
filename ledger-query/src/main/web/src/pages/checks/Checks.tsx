import { Empty } from '../../ui';

export default function Checks() {
  return <><h1>Checks</h1><Empty>Nothing is shown here yet.</Empty></>;
}
