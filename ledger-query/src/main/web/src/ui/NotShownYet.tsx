/** Says of something that was stored that the answers on the pages may not have it yet. */
export function NotShownYet({ of }: { of: { readonly shown: boolean } | undefined }) {
  return of === undefined || of.shown ? null : (
    <p className="notice" role="status">It is stored, but the pages do not show it yet: they are read again by
      themselves.</p>
  );
}
