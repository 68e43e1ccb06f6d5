import { Empty } from '../../ui';

export default function Keys() {
  return <><h1>Keys</h1><Empty>Nothing is shown here yet.</Empty></>;
}
