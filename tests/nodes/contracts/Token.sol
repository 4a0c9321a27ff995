// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.20;

/// An ERC-20 whose name, symbol and decimals are given, so that one source makes the real token and its imitations.
contract Token {
    string public name;
    string public symbol;
    uint8 public immutable decimals;
    uint256 public immutable totalSupply;
    /// The token's own fee in hundredths of a percent of every transfer; the contract itself collects it.
    uint256 public basisPointsRate;

    mapping(address => uint256) public balanceOf;
    mapping(address => bool) public isBlackListed;
    mapping(address => mapping(address => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    constructor(string memory name_, string memory symbol_, uint8 decimals_, uint256 supply) {
        name = name_;
        symbol = symbol_;
        decimals = decimals_;
        totalSupply = supply;
        balanceOf[msg.sender] = supply;
        emit Transfer(address(0), msg.sender, supply);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        _move(msg.sender, to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        require(allowance[from][msg.sender] >= value, "ERC20: insufficient allowance");
        allowance[from][msg.sender] -= value;
        _move(from, to, value);
        return true;
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    /// Anybody may: nobody's money is at stake here.
    function addBlackList(address account) external {
        isBlackListed[account] = true;
    }

    /// Anybody may, as above.
    function setRate(uint256 basisPoints) external {
        basisPointsRate = basisPoints;
    }

    function _move(address from, address to, uint256 value) private {
        require(!isBlackListed[from], "ERC20: the account is frozen");
        require(balanceOf[from] >= value, "ERC20: transfer amount exceeds balance");
        balanceOf[from] -= value;
        uint256 fee = value * basisPointsRate / 10_000;
        balanceOf[to] += value - fee;
        emit Transfer(from, to, value - fee);
        if (fee > 0) {
            balanceOf[address(this)] += fee;
            emit Transfer(from, address(this), fee);
        }
    }
}
