import { Empty } from '../../ui';

export default function Provider() {
  return <><h1>Provider</h1><Empty>Nothing is shown here yet.</Empty></>;
}
