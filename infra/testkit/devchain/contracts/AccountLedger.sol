// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.36;

import {AccountLedgerViews} from "./AccountLedgerViews.sol";

/// @title Prepaid accounts for services: an owner deposits into its ledger, sets money aside per provider and service,
/// and the provider settles from there. Amounts are in neuron, the chain's smallest unit (10^18 neuron = 1 0G).
/// Any address may be a provider: whoever calls `settle` is the provider, also the owner itself or, never calling, the
/// zero address.
contract AccountLedger is AccountLedgerViews {
    uint256 public constant MIN_LEDGER = 3 ether;
    uint256 public constant MIN_FIRST_TRANSFER = 1 ether;
    uint256 public constant MIN_LOCK_PERIOD = 1 hours;
    uint256 public constant MAX_LOCK_PERIOD = 7 days;
    uint256 public constant MAX_PROVIDERS_PER_RETRIEVE = 20;
    uint256 public constant MAX_SETTLEMENTS_PER_BATCH = 50;

    uint8 public constant STATUS_SUCCESS = 0;
    uint8 public constant STATUS_PARTIAL = 1;
    uint8 public constant STATUS_NOT_ACKNOWLEDGED = 3;
    uint8 public constant STATUS_OLD_NONCE = 4;
    uint8 public constant STATUS_UNKNOWN_SUB_ACCOUNT = 5;

    /// One owner's item of a provider's batch. nonce: must be above the last one of that sub-account, so at least 1.
    struct Settlement {
        address owner;
        string service;
        uint256 asked;
        uint256 nonce;
    }

    /// May register services and set their lock periods; has no power over anybody's money.
    address public immutable contractOwner;

    bool private transient _entered;

    constructor() {
        contractOwner = msg.sender;
    }

    modifier exclusive() {
        if (_entered) revert Reentered();
        _entered = true;
        _;
        _entered = false;
    }

    modifier onlyContractOwner() {
        if (msg.sender != contractOwner) revert NotContractOwner(msg.sender);
        _;
    }

    receive() external payable {
        revert DirectPayment();
    }

    function registerService(string calldata name, uint256 period) external onlyContractOwner {
        if (bytes(name).length == 0) revert ServiceNameEmpty();
        if (_servicePlaces[name] != 0) revert ServiceAlreadyRegistered(name);
        _checkLockPeriod(period);
        _services.push(Service(name, period));
        _servicePlaces[name] = _services.length;
        emit ServiceRegistered(name, period);
    }

    /// Effective at once, for refunds already waiting too, in both directions.
    function setLockPeriod(string calldata service, uint256 period) external onlyContractOwner {
        Service storage found = _services[_serviceId(service)];
        _checkLockPeriod(period);
        if (found.lockPeriod == period) return;
        found.lockPeriod = period;
        emit LockPeriodSet(service, period);
    }

    /// The caller is the provider. An offer equal to the one before emits no log.
    function updateService(string calldata service, Offer calldata offer) external {
        uint256 serviceId = _serviceId(service);
        bytes32 offered = keccak256(abi.encode(offer));
        if (_offers[msg.sender][serviceId] == offered) return;
        _offers[msg.sender][serviceId] = offered;
        emit ServiceUpdated(
            msg.sender,
            service,
            offer.serviceType,
            offer.url,
            offer.inputPrice,
            offer.outputPrice,
            block.timestamp,
            offer.model,
            offer.verifiability,
            offer.additionalInfo
        );
    }

    /// The caller is the provider.
    function removeService(string calldata service) external {
        uint256 serviceId = _serviceId(service);
        if (_offers[msg.sender][serviceId] == 0) revert ServiceNotOffered(msg.sender, service);
        delete _offers[msg.sender][serviceId];
        emit ServiceRemoved(msg.sender, service);
    }

    function deposit() external payable exclusive {
        _deposit(msg.sender);
    }

    function depositFor(address recipient) external payable exclusive {
        if (recipient == address(0)) revert RecipientIsZero();
        _deposit(recipient);
    }

    /// Cancels pending refunds first, newest first, and moves only what is left of `amount`.
    function transfer(address provider, string calldata service, uint256 amount) external exclusive {
        Ledger storage source = _ledgerOf(msg.sender);
        uint256 serviceId = _serviceId(service);
        bytes32 key = _key(msg.sender, provider, serviceId);
        SubAccount storage account = _subAccounts[key];
        uint256 cancelled = 0;
        if (account.place == 0) {
            if (amount < MIN_FIRST_TRANSFER) revert FirstTransferBelowMinimum(amount, MIN_FIRST_TRANSFER);
            _openSubAccount(key, msg.sender, provider, serviceId);
        } else {
            cancelled = _min(amount, account.pendingRefund);
            _cancelNewest(account, cancelled);
        }
        uint256 moved = amount - cancelled;
        if (source.available < moved) revert InsufficientAvailable(source.available, moved);
        source.available -= moved;
        account.balance += moved;
        account.acknowledged = true;
        emit Transfer(msg.sender, provider, service, true, moved, cancelled);
    }

    /// For each provider: fetches the refunds past their lock, then asks everything else back. Providers without a
    /// sub-account are passed over. A TooManyRefunds undoes the whole call.
    function retrieve(address[] calldata providers, string calldata service) external exclusive {
        if (providers.length > MAX_PROVIDERS_PER_RETRIEVE) {
            revert TooManyProviders(providers.length, MAX_PROVIDERS_PER_RETRIEVE);
        }
        uint256 serviceId = _serviceId(service);
        Ledger storage target = _ledgerOf(msg.sender);
        uint256 period = _services[serviceId].lockPeriod;
        for (uint256 i = 0; i < providers.length; i++) {
            address provider = providers[i];
            SubAccount storage account = _subAccounts[_key(msg.sender, provider, serviceId)];
            if (account.place == 0) continue;
            uint256 paid = _completeUnlocked(account, period);
            if (paid > 0) {
                target.available += paid;
                emit Transfer(msg.sender, provider, service, false, paid, 0);
            }
            uint256 asked = _requestRest(account, service);
            if (asked > 0) emit RefundRequested(msg.sender, provider, service, asked, block.timestamp + period);
        }
    }

    /// The caller is the provider. Every item has its answer in a Settled log; none of them reverts the batch. What the
    /// provider got is paid once, at the end.
    function settle(Settlement[] calldata items) external exclusive {
        if (items.length == 0) revert NoSettlements();
        if (items.length > MAX_SETTLEMENTS_PER_BATCH) {
            revert TooManySettlements(items.length, MAX_SETTLEMENTS_PER_BATCH);
        }
        uint256 sum = 0;
        for (uint256 i = 0; i < items.length; i++) {
            Settlement calldata item = items[i];
            (uint8 status, uint256 amount) = _settleOne(item);
            sum += amount;
            emit Settled(item.owner, msg.sender, item.service, item.asked, amount, status, item.nonce);
        }
        _pay(msg.sender, sum);
    }

    /// What stays available must be nothing or at least 3 0G. When nothing at all is left, the ledger closes.
    function withdraw(uint256 amount) external exclusive {
        Ledger storage source = _ledgerOf(msg.sender);
        if (source.available < amount) revert InsufficientAvailable(source.available, amount);
        uint256 rest = source.available - amount;
        if (rest > 0 && rest < MIN_LEDGER) revert RestBelowMinimum(rest, MIN_LEDGER);
        source.available = rest;
        source.total -= amount;
        emit Withdraw(msg.sender, amount);
        if (source.total == 0) _closeLedger(msg.sender);
        _pay(msg.sender, amount);
    }

    /// Closes a ledger whose money was all settled: a full withdrawal has already closed it.
    function deleteLedger() external exclusive {
        uint256 total = _ledgerOf(msg.sender).total;
        if (total != 0) revert LedgerNotEmpty(total);
        _closeLedger(msg.sender);
    }

    /// Whether the caller accepts settlements by `provider`; to refuse them the sub-account must be empty.
    function acknowledge(address provider, string calldata service, bool accepted) external exclusive {
        SubAccount storage account = _subAccounts[_key(msg.sender, provider, _serviceId(service))];
        if (account.place == 0) revert SubAccountUnknown(msg.sender, provider, service);
        if (!accepted && account.balance != 0) revert SubAccountNotEmpty(account.balance);
        if (account.acknowledged == accepted) return;
        account.acknowledged = accepted;
        emit ProviderAcknowledged(msg.sender, provider, service, accepted);
    }

    function _deposit(address owner) private {
        if (msg.value == 0) revert AmountIsZero();
        Ledger storage target = _ledgers[owner];
        if (target.place == 0) {
            if (msg.value < MIN_LEDGER) revert DepositBelowMinimum(msg.value, MIN_LEDGER);
            _openLedger(owner);
        }
        target.available += msg.value;
        target.total += msg.value;
        emit Deposit(owner, msg.sender, msg.value);
    }

    /// The first check that fails decides the status. Pending refunds count as balance; they are eaten newest first.
    function _settleOne(Settlement calldata item) private returns (uint8 status, uint256 amount) {
        uint256 servicePlace = _servicePlaces[item.service];
        if (servicePlace == 0) return (STATUS_UNKNOWN_SUB_ACCOUNT, 0);
        bytes32 key = _key(item.owner, msg.sender, servicePlace - 1);
        SubAccount storage account = _subAccounts[key];
        if (account.place == 0) return (STATUS_UNKNOWN_SUB_ACCOUNT, 0);
        if (!account.acknowledged) return (STATUS_NOT_ACKNOWLEDGED, 0);
        if (item.nonce <= _nonces[key]) return (STATUS_OLD_NONCE, 0);
        _nonces[key] = item.nonce;
        amount = _min(item.asked, account.balance);
        uint256 free = account.balance - account.pendingRefund;
        if (amount > free) _cancelNewest(account, amount - free);
        account.balance -= amount;
        _ledgers[item.owner].total -= amount;
        status = amount == item.asked ? STATUS_SUCCESS : STATUS_PARTIAL;
    }

    function _checkLockPeriod(uint256 period) private pure {
        if (period < MIN_LOCK_PERIOD || period > MAX_LOCK_PERIOD) {
            revert LockPeriodOutOfRange(period, MIN_LOCK_PERIOD, MAX_LOCK_PERIOD);
        }
    }

    function _pay(address to, uint256 amount) private {
        if (amount == 0) return;
        (bool paid,) = to.call{value: amount}("");
        if (!paid) revert PaymentFailed(to, amount);
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
