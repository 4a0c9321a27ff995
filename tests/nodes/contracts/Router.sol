// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.20;

interface Payable {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

interface Pays {
    function execute(address token, address to, uint256 value) external;
    function operate(address token, address to, uint256 value) external;
}

/// Pays in the ways of routers, bundlers and multicalls: correct ones, and one that takes everything back.
contract Router {
    /// EIP-20's event, by which anybody may tell of a transfer that never was.
    event Transfer(address indexed from, address indexed to, uint256 value);

    /// Takes the sender's tokens first and then passes them on, as an exchange of tokens does.
    function route(address token, address to, uint256 value) external {
        Payable(token).transferFrom(msg.sender, address(this), value);
        Payable(token).transfer(to, value);
    }

    /// Passes native coin on to one, and keeps nothing.
    function forward(address payable to) external payable {
        _send(to, msg.value);
    }

    /// Two wallets of several owners in one transaction, of which the first may have nothing to pay with.
    function both(address first, address second, address token, address to, address other, uint256 value) external {
        Pays(first).execute(token, to, value);
        Pays(second).execute(token, other, value);
    }

    /// Two smart accounts in one bundle, each paying somebody else.
    function bundle(address first, address second, address token, address to, address other, uint256 value) external {
        Pays(first).operate(token, to, value);
        Pays(second).operate(token, other, value);
    }

    /// Pays, and takes it back by a failure that it swallows: the call to the receiver itself never failed.
    function undo(address payable to) external payable {
        try this.payAndFail{value: msg.value}(to) {} catch {}
    }

    function payAndFail(address payable to) external payable {
        _send(to, msg.value);
        revert("Router: changed its mind");
    }

    /// Pays in a token, among transfers of its own that are worth nothing.
    function payAmongLies(address token, address to, uint256 value) external {
        emit Transfer(msg.sender, to, value * 2);
        Payable(token).transferFrom(msg.sender, to, value);
        Payable(token).transferFrom(msg.sender, to, 0);
    }

    function _send(address payable to, uint256 value) private {
        (bool sent, ) = to.call{value: value}("");
        require(sent, "Router: the receiver refused");
    }
}
