// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.36;

/// @title What AccountLedger says: one log for each thing that happened, none where nothing happened.
interface AccountLedgerEvents {
    /// `payer` put `amount` into the ledger of `owner`; opens it when it is absent or closed.
    event Deposit(address indexed owner, address indexed payer, uint256 amount);

    /// toProvider: `amount` left the ledger for the sub-account and `cancelled` was taken out of its pending refunds,
    /// newest first; either may be 0, and both. The first one opens the sub-account; each acknowledges the provider.
    /// Not toProvider: `amount` of refunds past their lock came back to the ledger, oldest first.
    event Transfer(
        address indexed owner,
        address indexed provider,
        string service,
        bool toProvider,
        uint256 amount,
        uint256 cancelled
    );

    /// `amount` of the sub-account is asked back; `unlocksAt` by the lock period in force now, which may change.
    event RefundRequested(
        address indexed owner, address indexed provider, string service, uint256 amount, uint256 unlocksAt
    );

    /// One item of a provider's batch: `asked`, and the `amount` it got. Status 0: all of it. 1: the balance was short
    /// and the rest is written off. Rejected with amount 0: 3 not acknowledged, 4 old nonce, 5 no such sub-account.
    event Settled(
        address indexed owner,
        address indexed provider,
        string service,
        uint256 asked,
        uint256 amount,
        uint8 status,
        uint256 nonce
    );

    /// `amount` left the ledger for the wallet of `owner`.
    event Withdraw(address indexed owner, uint256 amount);

    event SubAccountClosed(address indexed owner, address indexed provider, string service);

    event LedgerClosed(address indexed owner);

    /// From here on, for refunds already waiting too.
    event LockPeriodSet(string service, uint256 seconds_);

    event ServiceRegistered(string service, uint256 lockPeriod);

    /// The owner changed whether it accepts settlements by the provider.
    event ProviderAcknowledged(
        address indexed owner, address indexed provider, string service, bool acknowledged
    );

    /// The provider offers a service at this price from here on, in neuron for each token of input, and for each token
    /// of output, image or second. In the shape of the network's log, with the service and the additional information.
    event ServiceUpdated(
        address indexed provider,
        string service,
        string serviceType,
        string url,
        uint256 inputPrice,
        uint256 outputPrice,
        uint256 updatedAt,
        string model,
        string verifiability,
        string additionalInfo
    );

    /// The provider offers the service no longer.
    event ServiceRemoved(address indexed provider, string service);
}

/// @title Why AccountLedger refuses.
interface AccountLedgerErrors {
    error AmountIsZero();
    error RecipientIsZero();
    error DepositBelowMinimum(uint256 amount, uint256 minimum);
    error FirstTransferBelowMinimum(uint256 amount, uint256 minimum);
    error RestBelowMinimum(uint256 rest, uint256 minimum);
    error InsufficientAvailable(uint256 available, uint256 needed);
    error LedgerUnknown(address owner);
    error LedgerNotEmpty(uint256 total);
    error SubAccountUnknown(address owner, address provider, string service);
    error SubAccountNotEmpty(uint256 balance);
    error TooManyRefunds(address provider, string service, uint256 maximum);
    error TooManyProvidersForService(string service, uint256 maximum);
    error TooManyProviders(uint256 given, uint256 maximum);
    error NoSettlements();
    error TooManySettlements(uint256 given, uint256 maximum);
    error ServiceUnknown(string service);
    error ServiceAlreadyRegistered(string service);
    error ServiceNameEmpty();
    error ServiceNotOffered(address provider, string service);
    error LockPeriodOutOfRange(uint256 lockPeriod, uint256 minimum, uint256 maximum);
    error NotContractOwner(address caller);
    error PaymentFailed(address to, uint256 amount);
    error DirectPayment();
    error Reentered();
}
