// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.36;

/// @title A wallet that calls its payer again while it is being paid. For tests.
contract Reenterer {
    address private _target;
    bytes private _again;
    /// Whether it accepts the payment although its second call failed.
    bool private _forgiving;
    uint256 public attempts;

    function arm(address target, bytes calldata again, bool forgiving) external {
        (_target, _again, _forgiving) = (target, again, forgiving);
    }

    function run(bytes calldata data) external payable {
        _call(data, msg.value);
    }

    receive() external payable {
        attempts++;
        (bool done,) = _target.call(_again);
        if (!done && !_forgiving) revert();
        if (done) revert("it let me in");
    }

    function _call(bytes memory data, uint256 value) private {
        (bool done, bytes memory answer) = _target.call{value: value}(data);
        if (!done) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
    }
}
