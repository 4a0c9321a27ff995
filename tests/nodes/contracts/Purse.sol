// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.20;

interface Moves {
    function transfer(address to, uint256 value) external returns (bool);
}

/// Pays on behalf of its owner, as a Safe, a smart account or a batch contract does: by a call whose failure it does
/// not pass on. The events are those by which wallets of these kinds tell of it.
contract Purse {
    event ExecutionSuccess(bytes32 indexed txHash, uint256 payment);
    event ExecutionFailure(bytes32 indexed txHash, uint256 payment);
    event UserOperationEvent(
        bytes32 indexed userOpHash, address indexed sender, address indexed paymaster,
        uint256 nonce, bool success, uint256 actualGasCost, uint256 actualGasUsed
    );

    receive() external payable {}

    function execute(address token, address to, uint256 value) external {
        if (_pays(token, to, value)) emit ExecutionSuccess(keccak256(abi.encode("a safe transaction", address(this))), 0);
        else emit ExecutionFailure(keccak256(abi.encode("a safe transaction", address(this))), 0);
    }

    function operate(address token, address to, uint256 value) external {
        bool paid = _pays(token, to, value);
        bytes32 operation = keccak256(abi.encode("a user operation", address(this)));
        emit UserOperationEvent(operation, address(this), address(0), 1, paid, 21000, 21000);
    }

    function attempt(address token, address to, uint256 value) external {
        _pays(token, to, value);
    }

    function _pays(address token, address to, uint256 value) private returns (bool paid) {
        (paid, ) = token.call(abi.encodeCall(Moves.transfer, (to, value)));
    }
}

/// A token of the older kind: it answers false where it refuses, and does not fail.
contract Shy {
    function transfer(address, uint256) external pure returns (bool) {
        return false;
    }
}
