// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.36;

import {AccountLedgerBook} from "./AccountLedgerBook.sol";

/// @title What can be read. Pages answer with the total number too. Closing moves the last entry of a list into the
/// gap, so read all pages of a list at one block; then they hold every entry exactly once.
abstract contract AccountLedgerViews is AccountLedgerBook {
    struct LedgerView {
        address owner;
        bool open;
        uint256 available;
        uint256 total;
    }

    /// refunds: the active ones, oldest first. nonce: the highest settled, also of a closed sub-account.
    struct SubAccountView {
        address owner;
        address provider;
        string service;
        bool open;
        uint256 balance;
        uint256 pendingRefund;
        bool acknowledged;
        uint256 nonce;
        Refund[] refunds;
    }

    /// Not open, with zeros, for an owner without a ledger.
    function ledger(address owner) public view returns (LedgerView memory) {
        Ledger storage entry = _ledgers[owner];
        return LedgerView(owner, entry.place != 0, entry.available, entry.total);
    }

    /// Not open, with zeros but for its nonce, where there is no such sub-account.
    function subAccount(address owner, address provider, string calldata service)
        external
        view
        returns (SubAccountView memory shown)
    {
        bytes32 key = _key(owner, provider, _serviceId(service));
        shown = _shown(key);
        (shown.owner, shown.provider, shown.service) = (owner, provider, service);
    }

    function acknowledged(address owner, address provider, string calldata service) external view returns (bool) {
        return _subAccounts[_key(owner, provider, _serviceId(service))].acknowledged;
    }

    function lockPeriod(string calldata service) external view returns (uint256) {
        return _services[_serviceId(service)].lockPeriod;
    }

    /// In the order of registration.
    function services() external view returns (Service[] memory) {
        return _services;
    }

    function ledgerCount() external view returns (uint256) {
        return _owners.length;
    }

    function subAccountCount() external view returns (uint256) {
        return _keys.length;
    }

    function subAccountCountOf(address owner) external view returns (uint256) {
        return _ledgers[owner].subAccounts.length;
    }

    /// The open ledgers from `offset` on, at most `limit`.
    function ledgers(uint256 offset, uint256 limit) external view returns (LedgerView[] memory page, uint256 total) {
        total = _owners.length;
        page = new LedgerView[](_pageSize(total, offset, limit));
        for (uint256 i = 0; i < page.length; i++) {
            page[i] = ledger(_owners[offset + i]);
        }
    }

    /// The open sub-accounts of all owners from `offset` on, at most `limit`.
    function subAccounts(uint256 offset, uint256 limit)
        external
        view
        returns (SubAccountView[] memory page, uint256 total)
    {
        return _page(_keys, offset, limit);
    }

    /// The open sub-accounts of one owner, in the order they were opened, from `offset` on, at most `limit`.
    function subAccountsOf(address owner, uint256 offset, uint256 limit)
        external
        view
        returns (SubAccountView[] memory page, uint256 total)
    {
        return _page(_ledgers[owner].subAccounts, offset, limit);
    }

    function _page(bytes32[] storage keys, uint256 offset, uint256 limit)
        private
        view
        returns (SubAccountView[] memory page, uint256 total)
    {
        total = keys.length;
        page = new SubAccountView[](_pageSize(total, offset, limit));
        for (uint256 i = 0; i < page.length; i++) {
            page[i] = _shown(keys[offset + i]);
        }
    }

    function _pageSize(uint256 total, uint256 offset, uint256 limit) private pure returns (uint256) {
        if (offset >= total) return 0;
        uint256 rest = total - offset;
        return rest < limit ? rest : limit;
    }

    function _shown(bytes32 key) private view returns (SubAccountView memory) {
        SubAccount storage account = _subAccounts[key];
        bool open = account.place != 0;
        return SubAccountView({
            owner: account.owner,
            provider: account.provider,
            service: open ? _services[account.serviceId].name : "",
            open: open,
            balance: account.balance,
            pendingRefund: account.pendingRefund,
            acknowledged: account.acknowledged,
            nonce: _nonces[key],
            refunds: account.refunds
        });
    }
}
