// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.20;

/// An ERC-721: things told apart by their numbers, which are topics of its events.
contract Collectible {
    mapping(uint256 => address) public ownerOf;

    event Transfer(address indexed from, address indexed to, uint256 indexed id);

    function mint(address to, uint256 id) external {
        require(ownerOf[id] == address(0), "Collectible: already minted");
        ownerOf[id] = to;
        emit Transfer(address(0), to, id);
    }
}

/// An ERC-1155: several kinds of things in one contract, with an event of its own.
contract Wares {
    mapping(address => mapping(uint256 => uint256)) public balanceOf;

    event TransferSingle(
        address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value
    );

    function mint(address to, uint256 id, uint256 value) external {
        balanceOf[to][id] += value;
        emit TransferSingle(msg.sender, address(0), to, id, value);
    }
}
