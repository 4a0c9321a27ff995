// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.20;

/// Takes native coin and never gives it back: a call that fails with a reason.
contract Vault {
    receive() external payable {}

    function withdraw(address payable, uint256) external pure {
        revert("Vault: withdrawals are paused");
    }
}
