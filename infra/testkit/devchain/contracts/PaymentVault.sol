// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.36;

import {PaymentVaultEvents, PoolBase} from "./PoolTerms.sol";

/// @title Balances that owners put in once and apps pull from in tranches. Amounts are in neuron. A stand-in of ours
/// for the network's Payment Layer, of whose functions and events only `balanceOf` is published.
contract PaymentVault is PaymentVaultEvents, PoolBase {
    uint256 public constant MAX_DELAY = 30 days;

    struct App {
        bool allowed;
        uint256 perPullMax;
    }

    struct Withdrawal {
        uint256 amount;
        uint256 unlocksAt;
    }

    /// Chooses the apps and the delay; has no power over anybody's balance but by an app.
    address public immutable contractOwner;
    /// Without events: coins and `balanceOf` are all that can be followed.
    bool public immutable silent;

    uint256 public delay;
    mapping(address => App) public apps;
    /// What the owner has in the vault, what it asked to withdraw included.
    mapping(address => uint256) public balanceOf;
    /// Zeros where nothing was asked for.
    mapping(address => Withdrawal) public pendingWithdrawal;

    constructor(bool silent_) {
        contractOwner = msg.sender;
        silent = silent_;
    }

    modifier onlyContractOwner() {
        if (msg.sender != contractOwner) revert NotContractOwner(msg.sender);
        _;
    }

    modifier onlyApp() {
        if (!apps[msg.sender].allowed) revert AppNotAllowed(msg.sender);
        _;
    }

    receive() external payable {
        revert DirectPayment();
    }

    function setApp(address app, bool allowed, uint256 perPullMax) external onlyContractOwner {
        App storage known = apps[app];
        if (known.allowed == allowed && known.perPullMax == perPullMax) return;
        apps[app] = App(allowed, perPullMax);
        if (!silent) emit AppSet(app, allowed, perPullMax);
    }

    function setDelay(uint256 seconds_) external onlyContractOwner {
        if (seconds_ > MAX_DELAY) revert DelayAboveMaximum(seconds_, MAX_DELAY);
        if (seconds_ == delay) return;
        delay = seconds_;
        if (!silent) emit DelaySet(seconds_);
    }

    function deposit() external payable exclusive {
        _deposit(msg.sender);
    }

    function depositFor(address owner) external payable exclusive {
        if (owner == address(0)) revert RecipientIsZero();
        _deposit(owner);
    }

    /// Pulls from the balance of `owner`, never what it asked to withdraw.
    function release(address owner, uint256 amount, bytes32 tranche) external exclusive onlyApp {
        if (amount == 0) revert AmountIsZero();
        uint256 maximum = apps[msg.sender].perPullMax;
        if (amount > maximum) revert PullAboveMaximum(amount, maximum);
        _take(owner, amount);
        if (!silent) emit Released(owner, msg.sender, amount, tranche);
        _pay(msg.sender, amount);
    }

    function giveBack(address owner) external payable exclusive onlyApp {
        if (msg.value == 0) revert AmountIsZero();
        balanceOf[owner] += msg.value;
        _list(owner);
        if (!silent) emit Returned(owner, msg.sender, msg.value);
    }

    /// One request at a time.
    function requestWithdrawal(uint256 amount) external exclusive {
        if (amount == 0) revert AmountIsZero();
        uint256 pending = pendingWithdrawal[msg.sender].amount;
        if (pending != 0) revert WithdrawalPending(pending);
        uint256 available = balanceOf[msg.sender];
        if (amount > available) revert InsufficientBalance(available, amount);
        uint256 unlocksAt = block.timestamp + delay;
        pendingWithdrawal[msg.sender] = Withdrawal(amount, unlocksAt);
        if (!silent) emit WithdrawalRequested(msg.sender, amount, unlocksAt);
    }

    function cancelWithdrawal() external exclusive {
        uint256 amount = _endRequest();
        if (!silent) emit WithdrawalCancelled(msg.sender, amount);
    }

    /// Pays what was asked for, once its delay is over.
    function withdraw() external exclusive {
        uint256 unlocksAt = pendingWithdrawal[msg.sender].unlocksAt;
        uint256 amount = _endRequest();
        if (block.timestamp < unlocksAt) revert WithdrawalLocked(unlocksAt);
        _take(msg.sender, amount);
        if (!silent) emit Withdrawn(msg.sender, amount);
        _pay(msg.sender, amount);
    }

    function _deposit(address owner) private {
        if (msg.value == 0) revert AmountIsZero();
        balanceOf[owner] += msg.value;
        _list(owner);
        if (!silent) emit Deposited(owner, msg.sender, msg.value);
    }

    function _endRequest() private returns (uint256 amount) {
        amount = pendingWithdrawal[msg.sender].amount;
        if (amount == 0) revert NoWithdrawal();
        delete pendingWithdrawal[msg.sender];
    }

    function _take(address owner, uint256 amount) private {
        uint256 available = balanceOf[owner] - pendingWithdrawal[owner].amount;
        if (amount > available) revert InsufficientBalance(available, amount);
        balanceOf[owner] -= amount;
    }
}
