// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.36;

import {AccountLedgerErrors, AccountLedgerEvents} from "./AccountLedgerTerms.sol";

/// @title The books: who has what, how entries are found, opened and closed, and the arithmetic of pending refunds.
abstract contract AccountLedgerBook is AccountLedgerEvents, AccountLedgerErrors {
    uint256 public constant MAX_REFUNDS = 5;
    uint256 public constant MAX_PROVIDERS_PER_SERVICE = 50;

    /// A request to get `amount` back, at block time `requestedAt`.
    struct Refund {
        uint256 amount;
        uint256 requestedAt;
    }

    struct Service {
        string name;
        uint256 lockPeriod;
    }

    /// place: 1 + index in `_owners`, 0 when there is no such ledger. total = available + its sub-accounts' balances.
    struct Ledger {
        uint256 place;
        uint256 available;
        uint256 total;
        bytes32[] subAccounts;
    }

    /// place: 1 + index in `_keys`, 0 when there is no such sub-account. pendingRefund = the sum of `refunds`, which
    /// stand oldest first: new ones join at the end, cancelling takes from the end, unlocking from the front.
    struct SubAccount {
        uint256 place;
        address owner;
        address provider;
        uint256 serviceId;
        uint256 balance;
        uint256 pendingRefund;
        bool acknowledged;
        Refund[] refunds;
    }

    /// What a provider publishes about a service of its own; nothing of it is checked, and no money depends on it.
    struct Offer {
        string serviceType;
        string url;
        string model;
        string verifiability;
        uint256 inputPrice;
        uint256 outputPrice;
        string additionalInfo;
    }

    address[] internal _owners;
    mapping(address owner => Ledger) internal _ledgers;
    bytes32[] internal _keys;
    mapping(bytes32 key => SubAccount) internal _subAccounts;
    /// The highest nonce settled; it survives closing, so that an old settlement can never be played again.
    mapping(bytes32 key => uint256) internal _nonces;
    mapping(address owner => mapping(uint256 serviceId => uint256)) internal _providerCounts;
    /// The hash of what the provider offers; 0 where it offers nothing.
    mapping(address provider => mapping(uint256 serviceId => bytes32)) internal _offers;
    Service[] internal _services;
    /// 1 + index in `_services`; 0 for a name not registered.
    mapping(string name => uint256) internal _servicePlaces;

    function _key(address owner, address provider, uint256 serviceId) internal pure returns (bytes32) {
        return keccak256(abi.encode(owner, provider, serviceId));
    }

    function _serviceId(string calldata name) internal view returns (uint256) {
        uint256 place = _servicePlaces[name];
        if (place == 0) revert ServiceUnknown(name);
        return place - 1;
    }

    function _ledgerOf(address owner) internal view returns (Ledger storage found) {
        found = _ledgers[owner];
        if (found.place == 0) revert LedgerUnknown(owner);
    }

    function _openLedger(address owner) internal {
        _owners.push(owner);
        _ledgers[owner].place = _owners.length;
    }

    function _openSubAccount(bytes32 key, address owner, address provider, uint256 serviceId) internal {
        if (_providerCounts[owner][serviceId] == MAX_PROVIDERS_PER_SERVICE) {
            revert TooManyProvidersForService(_services[serviceId].name, MAX_PROVIDERS_PER_SERVICE);
        }
        _providerCounts[owner][serviceId]++;
        _keys.push(key);
        _ledgers[owner].subAccounts.push(key);
        SubAccount storage account = _subAccounts[key];
        account.place = _keys.length;
        account.owner = owner;
        account.provider = provider;
        account.serviceId = serviceId;
    }

    /// Closes the ledger and all its sub-accounts, in the order they were opened. Only when nothing is left in them.
    function _closeLedger(address owner) internal {
        bytes32[] storage keys = _ledgers[owner].subAccounts;
        for (uint256 i = 0; i < keys.length; i++) {
            _closeSubAccount(keys[i]);
        }
        uint256 place = _ledgers[owner].place;
        address last = _owners[_owners.length - 1];
        _owners[place - 1] = last;
        _ledgers[last].place = place;
        _owners.pop();
        delete _ledgers[owner];
        emit LedgerClosed(owner);
    }

    function _closeSubAccount(bytes32 key) private {
        SubAccount storage account = _subAccounts[key];
        (address owner, address provider, uint256 serviceId) = (account.owner, account.provider, account.serviceId);
        _providerCounts[owner][serviceId]--;
        bytes32 last = _keys[_keys.length - 1];
        _keys[account.place - 1] = last;
        _subAccounts[last].place = account.place;
        _keys.pop();
        delete _subAccounts[key];
        emit SubAccountClosed(owner, provider, _services[serviceId].name);
    }

    /// Takes `amount`, at most all that is pending, out of the refunds: the newest first, past their lock or not.
    function _cancelNewest(SubAccount storage account, uint256 amount) internal {
        account.pendingRefund -= amount;
        while (amount > 0) {
            Refund storage newest = account.refunds[account.refunds.length - 1];
            if (newest.amount > amount) {
                newest.amount -= amount;
                return;
            }
            amount -= newest.amount;
            account.refunds.pop();
        }
    }

    /// Takes the refunds out that are past their lock, which is inclusive: from the second requestedAt + lockPeriod on.
    /// The list is ordered by time, so they are a prefix.
    function _completeUnlocked(SubAccount storage account, uint256 lockPeriod) internal returns (uint256 paid) {
        Refund[] storage refunds = account.refunds;
        uint256 count = refunds.length;
        uint256 unlocked = 0;
        while (unlocked < count && block.timestamp >= refunds[unlocked].requestedAt + lockPeriod) {
            paid += refunds[unlocked].amount;
            unlocked++;
        }
        if (unlocked == 0) return 0;
        for (uint256 i = unlocked; i < count; i++) {
            refunds[i - unlocked] = refunds[i];
        }
        for (uint256 i = 0; i < unlocked; i++) {
            refunds.pop();
        }
        account.balance -= paid;
        account.pendingRefund -= paid;
    }

    /// Asks everything back that is not yet pending; 0 when there is nothing.
    function _requestRest(SubAccount storage account, string calldata service) internal returns (uint256 asked) {
        asked = account.balance - account.pendingRefund;
        if (asked == 0) return 0;
        if (account.refunds.length == MAX_REFUNDS) revert TooManyRefunds(account.provider, service, MAX_REFUNDS);
        account.refunds.push(Refund(asked, block.timestamp));
        account.pendingRefund = account.balance;
    }
}
