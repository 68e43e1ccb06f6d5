// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.36;

import {PoolBase, RouterPoolEvents} from "./PoolTerms.sol";
import {PaymentVault} from "./PaymentVault.sol";

/// @title The Router's books: what it pulled from the vault for an owner, what it gave as credit, what an owner owes
/// for requests that were served first, and what is payable to providers. A stand-in of ours for a contract that the
/// network has not published.
contract RouterPool is RouterPoolEvents, PoolBase {
    uint256 public constant MAX_BATCH = 50;

    /// deposit and credit: to be charged. owed: charged and not there yet. nonce: of the owner's last charge.
    struct Account {
        uint256 deposit;
        uint256 credit;
        uint256 owed;
        uint256 nonce;
    }

    /// The coins of the pool are deposit + credit + payable - owed.
    struct Totals {
        uint256 deposit;
        uint256 credit;
        uint256 owed;
        uint256 payable_;
    }

    struct Pull {
        address owner;
        uint256 amount;
        bytes32 tranche;
    }

    /// nonce: above the owner's last one, so at least 1.
    struct Charge {
        address owner;
        address provider;
        uint256 amount;
        uint256 nonce;
    }

    PaymentVault public immutable vault;
    address public immutable operator;
    /// Whether a charge takes from the credit first, or from the deposit: the network has not published which.
    bool public immutable creditFirst;

    mapping(address => Account) public accountOf;
    mapping(address => uint256) public payableTo;
    Totals public totals;
    /// The payments to providers so far.
    uint256 public batches;

    constructor(PaymentVault vault_, bool creditFirst_) {
        vault = vault_;
        operator = msg.sender;
        creditFirst = creditFirst_;
    }

    modifier onlyOperator() {
        if (msg.sender != operator) revert NotOperator(msg.sender);
        _;
    }

    receive() external payable {
        if (msg.sender != address(vault)) revert DirectPayment();
    }

    /// Has each amount released by the vault; what an owner owes is cleared first.
    function pull(Pull[] calldata pulls) external exclusive onlyOperator {
        _checkBatch(pulls.length);
        for (uint256 i = 0; i < pulls.length; i++) {
            Pull calldata each = pulls[i];
            vault.release(each.owner, each.amount, each.tranche);
            _receive(each.owner, each.amount);
        }
    }

    /// Gives a part of the owner's deposit back to the vault.
    function giveBack(address owner, uint256 amount) external exclusive onlyOperator {
        Account storage account = accountOf[owner];
        if (amount > account.deposit) revert InsufficientDeposit(account.deposit, amount);
        account.deposit -= amount;
        totals.deposit -= amount;
        vault.giveBack{value: amount}(owner);
    }

    function grant(address owner) external payable exclusive onlyOperator {
        if (msg.value == 0) revert AmountIsZero();
        if (owner == address(0)) revert RecipientIsZero();
        accountOf[owner].credit += msg.value;
        totals.credit += msg.value;
        _list(owner);
        emit Granted(owner, msg.value);
    }

    /// Charges in order, all or none; what is not there is deferred, never refused.
    function charge(Charge[] calldata charges) external exclusive onlyOperator {
        _checkBatch(charges.length);
        for (uint256 i = 0; i < charges.length; i++) {
            _charge(charges[i]);
        }
    }

    function payProvider(address provider, uint256 amount) external exclusive onlyOperator {
        if (amount == 0) revert AmountIsZero();
        uint256 due = payableTo[provider];
        if (amount > due) revert InsufficientPayable(due, amount);
        uint256 covered = totals.payable_ > totals.owed ? totals.payable_ - totals.owed : 0;
        if (amount > covered) revert PayableNotCovered(covered, amount);
        payableTo[provider] = due - amount;
        totals.payable_ -= amount;
        batches++;
        emit ProviderPaid(provider, amount, batches);
        _pay(provider, amount);
    }

    function _receive(address owner, uint256 amount) private {
        Account storage account = accountOf[owner];
        uint256 cleared = amount < account.owed ? amount : account.owed;
        account.owed -= cleared;
        account.deposit += amount - cleared;
        totals.owed -= cleared;
        totals.deposit += amount - cleared;
        _list(owner);
        if (cleared != 0) emit DebtCleared(owner, cleared);
    }

    function _charge(Charge calldata each) private {
        if (each.amount == 0) revert AmountIsZero();
        Account storage account = accountOf[each.owner];
        if (each.nonce <= account.nonce) revert OldNonce(each.owner, each.nonce, account.nonce);
        (uint256 fromCredit, uint256 fromDeposit) = _split(account, each.amount);
        uint256 deferred = each.amount - fromCredit - fromDeposit;
        account.nonce = each.nonce;
        account.credit -= fromCredit;
        account.deposit -= fromDeposit;
        account.owed += deferred;
        totals.credit -= fromCredit;
        totals.deposit -= fromDeposit;
        totals.owed += deferred;
        totals.payable_ += each.amount;
        payableTo[each.provider] += each.amount;
        _list(each.owner);
        emit Charged(each.owner, each.provider, each.amount, fromCredit, fromDeposit, deferred, each.nonce);
    }

    function _split(Account storage account, uint256 amount)
        private
        view
        returns (uint256 fromCredit, uint256 fromDeposit)
    {
        if (creditFirst) {
            fromCredit = amount < account.credit ? amount : account.credit;
            uint256 rest = amount - fromCredit;
            fromDeposit = rest < account.deposit ? rest : account.deposit;
        } else {
            fromDeposit = amount < account.deposit ? amount : account.deposit;
            uint256 rest = amount - fromDeposit;
            fromCredit = rest < account.credit ? rest : account.credit;
        }
    }

    function _checkBatch(uint256 size) private pure {
        if (size == 0) revert BatchEmpty();
        if (size > MAX_BATCH) revert BatchTooLarge(size, MAX_BATCH);
    }
}
