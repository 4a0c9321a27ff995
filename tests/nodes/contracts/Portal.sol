// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.20;

/// What a rollup's portal shows to whoever reads the chain: the event of a deposit, and which withdrawals have been
/// finalized. Here anybody may finalize, without a proof.
contract Portal {
    event TransactionDeposited(address indexed from, address indexed to, uint256 indexed version, bytes opaqueData);

    mapping(bytes32 => bool) public finalizedWithdrawals;

    function depositTransaction(address to, uint256 value, uint64 gasLimit, bool isCreation, bytes calldata data)
        external
        payable
    {
        emit TransactionDeposited(msg.sender, to, 0, abi.encodePacked(msg.value, value, gasLimit, isCreation, data));
    }

    function finalize(bytes32 withdrawal) external {
        finalizedWithdrawals[withdrawal] = true;
    }
}

/// Where a rollup takes up what leaves it: the event of a withdrawal.
contract MessagePasser {
    event MessagePassed(
        uint256 indexed nonce, address indexed sender, address indexed target,
        uint256 value, uint256 gasLimit, bytes data, bytes32 withdrawalHash
    );

    uint256 private nonce;

    function initiateWithdrawal(address target, uint256 gasLimit, bytes calldata data) external payable {
        bytes32 hash = keccak256(abi.encode(nonce, msg.sender, target, msg.value, gasLimit, data));
        emit MessagePassed(nonce++, msg.sender, target, msg.value, gasLimit, data, hash);
    }
}

/// What Arbitrum's bridge and inbox show of a deposit of ether.
contract Inbox {
    event MessageDelivered(
        uint256 indexed messageIndex, bytes32 indexed beforeInboxAcc, address inbox, uint8 kind, address sender,
        bytes32 messageDataHash, uint256 baseFeeL1, uint64 timestamp
    );
    event InboxMessageDelivered(uint256 indexed messageNum, bytes data);

    function depositEth() external payable {
        bytes memory body = abi.encodePacked(msg.sender, msg.value);
        emit MessageDelivered(
            7, bytes32(0), address(this), 12, msg.sender, keccak256(body), block.basefee, uint64(block.timestamp)
        );
        emit InboxMessageDelivered(7, body);
    }
}
