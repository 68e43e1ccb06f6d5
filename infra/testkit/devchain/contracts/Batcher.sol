// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.36;

/// @title A wallet that is a contract: several calls in one transaction, each made by this address. It receives coins.
contract Batcher {
    struct Call {
        address to;
        uint256 value;
        bytes data;
    }

    error NotOwner(address caller);
    /// The call at `index` failed without saying why; with a reason, that reason is what the transaction fails with.
    error CallFailed(uint256 index);

    address public immutable owner;
    bytes private prepared;

    constructor() payable {
        owner = msg.sender;
    }

    receive() external payable {}

    /// Makes the calls in order, all or none.
    function run(Call[] calldata calls) external payable returns (bytes[] memory results) {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        return make(calls);
    }

    /// Keeps the calls for `runPrepared`.
    function prepare(Call[] calldata calls) external {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        prepared = abi.encode(calls);
    }

    /// Makes the calls that were kept, in a transaction whose input names nobody.
    function runPrepared() external payable returns (bytes[] memory results) {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        return make(abi.decode(prepared, (Call[])));
    }

    function make(Call[] memory calls) private returns (bytes[] memory results) {
        results = new bytes[](calls.length);
        for (uint256 i = 0; i < calls.length; i++) {
            (bool done, bytes memory answer) = calls[i].to.call{value: calls[i].value}(calls[i].data);
            if (!done) {
                if (answer.length == 0) revert CallFailed(i);
                assembly ("memory-safe") {
                    revert(add(answer, 32), mload(answer))
                }
            }
            results[i] = answer;
        }
    }
}
