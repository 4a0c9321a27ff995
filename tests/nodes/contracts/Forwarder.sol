// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.20;

/// Passes native coin on by an internal call, which a scanner of top-level transfers does not see.
contract Forwarder {
    address payable public immutable target;

    constructor(address payable target_) {
        target = target_;
    }

    receive() external payable {
        (bool sent, ) = target.call{value: msg.value}("");
        require(sent, "Forwarder: target refused");
    }
}
