// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.36;

/// @title What PaymentVault says: one log for each change, none where it was deployed silent.
interface PaymentVaultEvents {
    /// `payer` put `amount` into the balance of `owner`.
    event Deposited(address indexed owner, address indexed payer, uint256 amount);

    /// `app` pulled `amount` of the owner's balance; `tranche` is the name that the app gives to this pull.
    event Released(address indexed owner, address indexed app, uint256 amount, bytes32 tranche);

    /// `app` gave `amount` back to the balance of `owner`.
    event Returned(address indexed owner, address indexed app, uint256 amount);

    /// `amount` of the owner's balance is kept from apps, and can be withdrawn from `unlocksAt` on.
    event WithdrawalRequested(address indexed owner, uint256 amount, uint256 unlocksAt);

    event WithdrawalCancelled(address indexed owner, uint256 amount);

    /// `amount` left the vault for the wallet of `owner`.
    event Withdrawn(address indexed owner, uint256 amount);

    /// From here on `app` may pull, at most `perPullMax` at a time, or may not.
    event AppSet(address indexed app, bool allowed, uint256 perPullMax);

    /// From here on, for requests made afterwards.
    event DelaySet(uint256 seconds_);
}

/// @title What RouterPool says about its own books. What came from the vault and went back to it, the vault says.
interface RouterPoolEvents {
    /// `provider` served `owner` for `amount`: `fromCredit` and `fromDeposit` were there, `deferred` is owed.
    event Charged(
        address indexed owner,
        address indexed provider,
        uint256 amount,
        uint256 fromCredit,
        uint256 fromDeposit,
        uint256 deferred,
        uint256 nonce
    );

    /// `amount` of what `owner` owed was paid from a release.
    event DebtCleared(address indexed owner, uint256 amount);

    /// The operator gave `owner` a credit of `amount`.
    event Granted(address indexed owner, uint256 amount);

    /// `amount` left the pool for `provider`; `batch` counts the payments of this pool from 1.
    event ProviderPaid(address indexed provider, uint256 amount, uint256 batch);
}

/// @title Why PaymentVault and RouterPool refuse.
interface PoolErrors {
    error AmountIsZero();
    error RecipientIsZero();
    error InsufficientBalance(uint256 available, uint256 needed);
    error AppNotAllowed(address app);
    error PullAboveMaximum(uint256 amount, uint256 maximum);
    error WithdrawalPending(uint256 amount);
    error NoWithdrawal();
    error WithdrawalLocked(uint256 unlocksAt);
    error DelayAboveMaximum(uint256 delay, uint256 maximum);
    error NotContractOwner(address caller);
    error NotOperator(address caller);
    error InsufficientDeposit(uint256 available, uint256 needed);
    error InsufficientPayable(uint256 available, uint256 needed);
    /// Debts are not paid on before they are cleared: `covered` is what is payable to all providers without them.
    error PayableNotCovered(uint256 covered, uint256 needed);
    error OldNonce(address owner, uint256 nonce, uint256 last);
    error BatchEmpty();
    error BatchTooLarge(uint256 given, uint256 maximum);
    error PaymentFailed(address to, uint256 amount);
    error DirectPayment();
    error Reentered();
}

/// @title One entry at a time, and a list of the owners that ever had anything, in pages.
abstract contract PoolBase is PoolErrors {
    address[] private _owners;
    mapping(address => bool) private _listed;
    bool private transient _entered;

    modifier exclusive() {
        if (_entered) revert Reentered();
        _entered = true;
        _;
        _entered = false;
    }

    /// In the order in which they came; nobody leaves the list. Beyond its end a page is empty.
    function ownersPage(uint256 offset, uint256 limit) external view returns (address[] memory page, uint256 total) {
        total = _owners.length;
        uint256 first = offset < total ? offset : total;
        uint256 size = limit < total - first ? limit : total - first;
        page = new address[](size);
        for (uint256 i = 0; i < size; i++) {
            page[i] = _owners[first + i];
        }
    }

    function _list(address owner) internal {
        if (_listed[owner]) return;
        _listed[owner] = true;
        _owners.push(owner);
    }

    function _pay(address to, uint256 amount) internal {
        (bool paid,) = to.call{value: amount}("");
        if (!paid) revert PaymentFailed(to, amount);
    }
}
