import { Empty } from '../../ui';

export default function Providers() {
  return <><h1>Providers</h1><Empty>Nothing is shown here yet.</Empty></>;
}
