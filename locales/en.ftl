# English. One message for each finding code: the value is the title, `.detail` explains this case,
# `.explain` the code in general, `.signals` which answers show it, `.act-<audience>` says what somebody has to do, and
# `.customer` is the title for customers where the other one speaks of what is internal.
# Placeholders are the facts of the code's rule; a test holds both together.

## Identity

not-a-transfer-case = { $route ->
        [security] About a stolen account, not about a transfer
       *[other] Not about a transfer on a chain
    }
    .detail = { $route ->
        [security] The complaint says that somebody else used the account, and names no withdrawal. The account has to be frozen before anything is looked into.
        [access] The complaint is about signing in, a password or a second factor.
        [identity] The complaint is about the verification of an identity.
        [trading] The complaint is about trading: an order, a position, a liquidation.
        [fiat] The complaint is about a bank, a card or the money of a state.
       *[other] The complaint is about a dealing with another customer (P2P).
    }
    .explain = The words of the ticket speak of something that no chain carries, and it names no transaction. It belongs to another team.
    .signals = The ticket's words are of another subject, and it holds no identifier of a transfer.
    .act-support = { $route ->
        [security] Freeze the account first: withdrawals, sessions and API keys. Then hand the case to the security team.
        [access] Hand the case to the team for account access.
        [identity] Hand the case to the team for identity verification.
        [trading] Hand the case to the trading team.
        [fiat] Hand the case to the team for fiat payments.
       *[other] Hand the case to the P2P team.
    }
    .act-customer = { $route ->
        [security] We are passing your report to our security team. Please change your password, renew your second factor and remove API keys that you do not know.
       *[other] We are passing your request to the team that looks after it. If you miss a transfer of coins, please send us its transaction ID (TXID).
    }
txid-malformed = What was given is not a complete transaction identifier
    .detail = "{ $given }" has { $length } characters of an identifier that needs 64. It was cut, mistyped or read off a picture; no source was asked about it.
    .explain = The identifier is truncated, has a typo, or the wrong length or alphabet. It is recognised from the text alone, before any source is asked. An identifier cut with "…" in a wallet's display is the usual cause.
    .signals = The text given has the letters of an identifier, but not its length.
    .act-support = Ask for the identifier as text, copied with the wallet's copy button, or for the link to the explorer.
    .act-customer = Please send the complete transaction ID (TXID) as text. In your wallet or exchange, open the transfer and use the copy button.
address-given-instead-of-txid = An address was given instead of a transaction identifier
    .detail = { $address } is an address. It does not say which transfer is meant. { $searched ->
        [whole] { $candidates ->
            [none] Searching it back to { $since } found no payment that fits what is claimed.
           *[other] Searching it back to { $since } found { SAID($candidates) }.
        }
        [part] { $candidates ->
            [none] Searching it found nothing that fits, but not everything could be searched.
           *[other] Searching it found { SAID($candidates) }; not everything could be searched, so that there may be others.
        }
       *[no] It was not searched.
    }
    .explain = What was given has the form of an address. Payments to it are searched for; with exactly one that fits what is claimed, the case is decided by that payment.
    .signals = The text given where an identifier belongs has the form of an address.
    .act-support = Ask for the transaction ID of the transfer to this address.
    .act-customer = What you sent us is an address. Please send the transaction ID (TXID) of your transfer.
found-by-address = No identifier was given; it was found by searching
    .detail = No transaction identifier was given. { $list ->
        [ledger] Of the account's records in the ledger, exactly one fits what is claimed: { $txid }.
       *[addresses] Of the payments to { $address } on { $network }, exactly one fits what is claimed: { $txid }.
    } { $aside ->
        [0] The case goes on with it.
        [one] One more fits, which the ledger has settled already. The case goes on with the open one.
       *[other] { $aside } more fit, which the ledger has settled already. The case goes on with the open one.
    }
    .explain = Without an identifier, payments to the claimed address, or to those of the claimant's account, are searched for, and the ledger's list of the account's records is read where there is one. Everything was looked through, and one payment or record fits the claim in asset, amount and time.
    .signals = The searched lists cover the whole stretch, and one open payment or record in them fits.
several-candidates = { $count } payments may be the one that is meant
    .customer = We found more than one transfer that may be yours
    .detail = No transaction identifier was given, and several payments or records fit what is claimed: { SAID($candidates) }.
    .explain = Searching the claimed address, those of the claimant's account, or the ledger's list of the account's records found more than one that fits in asset, amount and time. Which one is missed, only the customer can say.
    .signals = More than one payment or record in the searched lists fits the claim.
    .act-support = Compare what is listed with what the customer says, and check the one that is meant by its transaction ID, or a record without one by its number. Those that are credited are hardly missed.
    .act-customer = We found more than one transfer that may be yours. Please send the transaction ID (TXID) of the one you miss, which your wallet or the sending exchange shows in its history.
internal-id-given = "{ $given }" is an id that neither the desk nor the ledger knows
    .customer = We do not know the number that was sent to us
    .detail = "{ $given }" is no transaction identifier, and nobody here has a ticket, a deposit or a withdrawal of that id. It may be the sending platform's own order number.
    .explain = An order, withdrawal or ticket number of somebody else was given. Only its issuer can resolve it.
    .signals = The text given has the form of a record number, and nobody who was asked knows it.
    .act-support = Ask the customer for the transaction ID that the sending platform shows for this order.
    .act-customer = The number you sent us is the sending platform's own reference. Please send the transaction ID (TXID) it shows for the transfer.
off-chain-transfer = "{ $given }" was made inside the sending platform; no chain carries it
    .detail = The sending platform writes "{ $given }" where a transaction identifier would stand: it moved the balance between two of its own accounts. There is nothing to look for on a chain.
    .explain = Transfers between accounts of one platform are booked in its ledger only. What it shows instead of a TXID says so in words, followed by a number of its own.
    .signals = What was given in place of an identifier says in words that the transfer was internal.
    .act-support = Tell the customer that the money is still on the platform they sent from: the receiver there is another account of that platform.
    .act-customer = The platform you sent from made this transfer inside its own books, to another account there. It never left that platform; please ask its support, quoting "{ $given }".
no-txid-given = There is no transaction identifier to look for
    .detail = Neither what was typed nor the ticket holds a transaction identifier. { $searched ->
        [whole] { $candidates ->
            [none] Searching for the claimant's transfers back to { $since } found none in a block that fits what is claimed.
           *[other] Searching for the claimant's transfers back to { $since } found { SAID($candidates) }.
        }
        [part] { $candidates ->
            [none] Searching for the claimant's transfers found nothing that fits, but not everything could be searched: a payment may be there all the same.
           *[other] Searching for the claimant's transfers found { SAID($candidates) }. Not everything could be searched, so that there may be others.
        }
       *[no] There was nothing to search by.
    }
    .explain = Nothing usable identifies the transfer. The claimed address, those of the claimant's account and the ledger's list of its records are searched around the claimed time, as far as there are any: none fits, or not everything could be searched.
    .signals = Neither the complaint nor the ledger names a transaction, and no single payment stands out in a search.
    .act-support = Ask for the transaction ID. With an address, an account and a time, "txsleuth find" lists the payments that may be meant.
    .act-customer = Please send the transaction ID (TXID) of your transfer, which your wallet or the sending exchange shows in its history.
txid-normalised = The identifier was repaired: { $txid }
    .detail = A link, blanks, invisible or full-width characters, a prefix, upper case or an index behind the identifier were put right. What was asked is { $txid }.
    .explain = What was typed was not the bare identifier, but holds exactly one. The repaired form is what every source was asked for.
    .signals = The text given differs from the identifier that was read out of it.
txid-byte-reversed = The identifier was given with its bytes the wrong way round
    .detail = { $given } is { $txid } with its bytes in reverse. The case goes on with the latter.
    .explain = Programs keep Bitcoin's identifiers in the other byte order than people read them. A number from a database export or from home-made code may be the wrong way round; no source knows it so, and one knows it turned.
    .signals = The transaction that was found has the bytes of what was given, in reverse order.
block-hash-given = A block was given instead of a transaction
    .detail = What was given is block { $height } of { $network }. A block holds many transactions; it does not say which one is meant.
    .explain = Explorers show a block's hash beside the transaction's. A source knows a block of that hash, and nobody knows a transaction of it.
    .signals = A source answers with a block of this hash, and none with a transaction.
    .act-support = Ask for the transaction ID; in the explorer it stands on the page of the transfer, not of the block.
    .act-customer = What you sent us is the number of a block, which holds many transfers. Please send the transaction ID (TXID) of your own transfer.
user-operation-hash-given = The hash of a smart account's operation was given
    .detail = { $given } is the hash of an ERC-4337 user operation. The transaction { $txid } carried it out, and the case goes on with that one.
    .explain = Smart accounts hand their operations to a bundler, which puts several of them into one transaction. Wallets of this kind show the operation's hash; only the transaction's is known to explorers and exchanges.
    .signals = An event of the bundler's entry point names the hash that was given, and with it the transaction.
wtxid-given = The witness hash of a transaction was given
    .detail = { $given } is the witness hash of the transaction { $txid }, and the case goes on with that one.
    .explain = A Bitcoin transaction with witnesses has two hashes; explorers and exchanges know it by the other one. Whose witness hash it is was found by computing those of what the claimant's address received.
    .signals = The witness hash computed from the transaction's bytes is the one given; its identifier is another one.
message-hash-given = The hash of a message was given
    .detail = { $given } is the hash of a message, not of a transaction. The transaction { $txid } took it in, or sent it, and the case goes on with that one.
    .explain = On The Open Network wallets and explorers name the message with which a payment began, in one of two forms, or one of the messages after it. Each account that takes one in makes a transaction with a hash of its own.
    .signals = The indexer names a message of the hash that was given, and the transaction that took it in.
safe-tx-hash-given = The hash under which a Safe's owners sign was given
    .detail = What was given is a Safe's own hash of what its owners signed. On { $network } the transaction { $txid } carried it out.
    .explain = A Safe (multi-signature wallet) shows the hash that its owners sign. It is no transaction of the chain; the transaction that carried it out has another one, which the Safe's events name.
    .signals = An event of a Safe names the hash that was given as one that it carried out.
    .act-support = Check { $txid }, and ask the customer to confirm that it is the transfer they mean.
    .act-customer = What you sent us is the hash that the owners of your Safe signed. Please send the transaction ID (TXID) under which it was carried out; it seems to be { $txid }.
testnet-transaction = Exists on the test network { $network } only
    .detail = The test network { $network } has this transaction, and no main network does. Coins of a test network have no value.
    .explain = The value moved on a network that developers use for trying things out. Its coins can be had for nothing, and nothing of it can be credited. False "test USDT" is a usual trick.
    .signals = A source of a test network knows the transaction, and those of the main networks answer that they do not.
    .act-support = Explain that nothing of value was sent; look whether somebody sold the customer coins of a test network.
    .act-customer = This transaction took place on a test network, whose coins have no value, so nothing can be credited. If somebody paid you with it, please be careful: this is a known trick.
transaction-not-found = No such transaction exists on { SAID($networks) }
    .customer = The network does not know this transaction ID
    .detail = Every source fit to know it says that { $txid } does not exist on { SAID($networks) }. { $ledger ->
        [asked] The ledger has no record of it either.
       *[none] No ledger answered.
    } Most often the sender has not sent it yet, or the identifier is of another network.
    .explain = Two independent sources that could have seen the transaction, or one and a ledger without a record, say that it does not exist, on every network that the identifier can be of. It was never sent, or the identifier is wrong.
    .signals = Answers of absence from sources of two operators, or of one beside a ledger without a record, on each network.
    .act-support = Compare the identifier with the customer's screenshot; ask on which network and from which platform it was sent.
    .act-customer = The network does not know this transaction ID. Please check with the wallet or exchange you sent from whether the transfer was really sent, and send us the ID it shows.
not-found-unproven = Nobody asked knows the transaction, but that is no proof that it does not exist
    .customer = We have not found your transfer on the network yet
    .detail = { $txid } is unknown to the sources of { SAID($networks) } that answered. { $unserved ->
        [none] Too few fit sources were asked to say that it does not exist.
       *[other] It may be a transaction of { SAID($unserved) }, for which no source is configured.
    }
    .explain = A source says "not found", but it takes two independent fit sources, or one and a ledger without a record, on every network that the identifier can be of. One node may have restarted, be pruned, or follow another network.
    .signals = An answer of absence, with nothing independent beside it.
    .act-support = Configure a second independent source for the network, name the network with --network, and check again.

dropped = { $lapsed ->
        [yes] Its time has run out, and no block holds it: it can no longer arrive
       *[no] Was known once, and no source knows it any more
    }
    .customer = Your transfer is no longer on the network
    .detail = { $lapsed ->
        [yes] { $txid } says itself until when a block may hold it. The part of the chain that nobody can take back is past that time and does not hold it.
       *[no] The ledger has a record of { $txid }, or a source remembers it, and the network does not know it any more: it fell out before it was included, or its block was taken back.
    }
    .explain = Somebody knew the transaction, as the ledger's own record or a source's memory of its mempool shows, and fit sources do not know it any more. The coins are back in the sender's hands, unless it is sent again. Where a transaction itself says until when a block may hold it, and final blocks are past that time, it can never arrive.
    .signals = A record, or a source that remembers it, beside answers that it is not there now; or final blocks past the time until which it was valid.
    .act-support = { $lapsed ->
        [yes] Do not credit it. Tell the customer that the transfer has to be sent anew; the old one cannot arrive as well.
       *[no] Do not credit it. Tell the customer that the transfer has to be sent again, and that only a transfer which uses the same coins or the same nonce keeps the old one from arriving as well.
    }
    .act-customer = { $lapsed ->
        [yes] The network did not take your transfer in time and never will, so the money never left the sender. Please send it anew, or ask the platform you sent from to do so.
       *[no] The network no longer carries your transfer, so the money is back with the sender. Please have the wallet or the platform you sent from repeat this very transfer or replace it; a new one beside it could be paid twice.
    }

## Execution

replaced-same-destination = Replaced by a newer version of the same payment
    .detail = { $replaced } was replaced by { $txid }, which pays the claimant. The case goes on with the newer one.
    .explain = The sender raised the fee: another transaction spends the same coins, or uses the same nonce, and pays the claimant too. Only one of the two can be in the chain. The note gives both identifiers, so that the payment is not taken for two.
    .signals = A source or the ledger names a transaction that spends the same inputs or nonce, and its movements reach the same receiver.
replaced-unjudged = The transaction given was replaced; whom the newer one should pay is not known
    .detail = { $replaced } was replaced by { $txid }. Without the claimant's address or a ledger nothing says whether that is the same payment; the case goes on with the newer one.
    .explain = Another transaction took the place of the one that was given, and there is nothing to compare its receivers with. Naming the address or the account settles it.
    .signals = A source or the ledger names a transaction that spends the same inputs or nonce; no address is known to compare.
replaced-elsewhere = { $txid ->
        [unknown] Its nonce was used by another transaction, so it can never be included
       *[other] Replaced by a transaction that does not pay the claimant
    }
    .customer = Your transfer was replaced by another one
    .detail = { $txid ->
        [unknown] Another transaction of the same sender has used the nonce of { $replaced }. The sources do not name the other one, so it is not known whom it paid: it may be the same payment with a higher fee.
       *[other] { $replaced } was replaced by { $txid }, which uses what the original would have used and does not pay the claimant. { $state ->
            [included] { $still_possible ->
                [no] It is final, so the original cannot be included any more.
               *[unknown] It is in a block, but not final yet: until it is, the original may still come back.
            }
           *[pending] It waits for a block itself; nobody relays the original any more.
        }
    }
    .explain = The transaction was cancelled or overtaken: another one spends the same coins, or uses the sender's nonce. Only one of the two can be in the chain. That the original can no longer arrive is certain once the other one is final, or once one and the same source has finalized a nonce past it and does not know it. Where the other one is known, it does not pay the claimant; where the sources cannot name it, the sender has to.
    .signals = The same inputs or nonce are spent by a transaction that does not reach the claimant, or the sender's count of final transactions is past the nonce.
    .act-support = { $txid ->
        [unknown] Credit nothing for this identifier. Ask the sender for the transaction that took its place, and check that one.
       *[other] Credit nothing for this identifier. Tell the customer which transaction took its place.
    }
    .act-customer = { $txid ->
        [unknown] The sender has used the number of this transfer for another transfer, so this one will not be carried out. Please send us the transaction ID (TXID) that your wallet or exchange shows now for the transfer.
       *[other] { $state ->
            [included] { $still_possible ->
                [no] This transfer was cancelled or replaced before the network included it, so it will not arrive. Please check with the wallet or exchange you sent from what became of the money.
               *[unknown] This transfer has very likely been cancelled or replaced by another one. Please check with the wallet or exchange you sent from, and do not send it again until that is certain.
            }
           *[pending] This transfer has been replaced by another one that does not go to your deposit address. Please check with the wallet or exchange you sent from before you send anything again.
        }
    }
nonce-gap = Waiting for an earlier transaction of the sender that nobody has sent
    .detail = Its nonce is { $nonce }, and the next of the sender's to be carried out is { $next }. Number { $missing }, which has to come before it, is used by no transaction that { $network } knows. Until then this one cannot be included, whatever it pays.
    .explain = Transactions of one account are carried out in the order of their nonces. An earlier one is missing: it was dropped, replaced wrongly, or never sent.
    .signals = The transaction's nonce is higher than the sender's next one by the count of a source.
    .act-support = Tell the customer which nonces have to be filled first: from { $next } on, { $missing } among them. Only the sender can.
    .act-customer = Your transfer is waiting for an earlier transfer of the same wallet (number { $missing }) which the network does not know. Please send or repeat that one in the wallet, or ask the platform you sent from to do so.
pending-low-fee = Waiting for a block of { $network } with a fee below the going rate
    .detail = It pays { $fee_rate } { $unit }, while the going rate is { $going_rate } { $unit }. { $unit ->
        [gwei] The sender can replace it by one with the same nonce and a higher price.
       *[other] { $replaceable ->
            [yes] The sender can replace it by one with a higher fee.
           *[no] It does not announce that it may be replaced; many nodes accept a replacement all the same.
        } { $child ->
            [platform] The platform can speed it up itself, by spending the output at the claimant's address at a high fee (child pays for parent).
           *[receiver] Who holds an output of it can pay for it with a child transaction.
        }
    }
    .explain = The network knows the transaction and does not include it, because others pay more: on Bitcoin its satoshi per virtual byte are under the estimate for the next hour, on EVM networks its maximum price is under the base fee. It may still be included when fees fall. Only the sender can raise the fee (a replacement with the same inputs or the same nonce); a platform cannot speed up a deposit that somebody else sent, unless it spends the output at its own address with a high fee.
    .signals = The transaction is in a mempool, and its fee rate or maximum price is under the one that a source asks for now.
    .act-support = { $stuck ->
        [yes] It has waited for longer than fees usually take to fall. Whoever sent it has to raise the fee, or send it again once it is dropped.
       *[no] Tell the customer about the low fee, and look again in some hours.
    }
    .act-customer = { $stuck ->
        [yes] This transfer has been waiting for a long time because its network fee is too low. Please raise the fee in the wallet or with the exchange it was sent from. Do not change the receiving address.
       *[no] This transfer is waiting because its network fee is low. You can wait until fees fall, or have the fee raised in the wallet it was sent from, if that offers it. Do not change the receiving address.
    }
unconfirmed-ancestor = Waiting for { $count ->
        [one] another transaction that is
       *[other] { $count } other transactions that are
    } in no block yet
    .detail = It spends what { $count ->
        [one] a transaction
       *[other] { $count } transactions
    } of the sender pays, and { $network } has not included { $count ->
        [one] that one
       *[other] those
    } yet. Parents come first.
    .explain = The transaction spends outputs of transactions that wait in the mempool themselves. It cannot be included before them, and their fees count as well as its own.
    .signals = An input of the transaction is an output of one that is in a mempool itself.
    .act-support = Wait and look again. If the earlier transactions pay little, the sender may raise their fees.
    .act-customer = Your transfer waits for an earlier transfer of the same sender to be included. You need not do anything.
pending = Sent, and waiting to be included in a block of { $network }
    .detail = The network { $network } knows the transaction, but no block holds it yet. { $overdue ->
        [yes] It has waited for longer than usual, although it is not known to pay too little.
       *[no] { $minutes ->
            [unknown] What it pays for its place is not known.
            [one] It pays enough to be included within a minute.
           *[other] It pays enough to be included within about { SAID($minutes) } minutes.
        }
    }
    .explain = The transaction is in the mempool of a source that is in step with its network. Inclusion depends on the fee; nothing is wrong yet.
    .signals = A source in step with its network has the transaction and names no block for it.
    .act-support = { $overdue ->
        [yes] Whoever sent it should send the same transaction to the network again, or raise its fee; a second transfer beside it could be paid twice.
       *[no] Wait and look again. If it stays unconfirmed for hours, the sender may raise the fee.
    }
    .act-customer = { $overdue ->
        [yes] Your transfer has been waiting for the network for longer than usual. Please ask the wallet or exchange you sent from to send it to the network again, and do not make a second transfer.
       *[no] Your transfer has been sent and is waiting for the network to include it. You need not do anything.
    }
reorged-out = The block that held it is no longer part of { $network }
    .customer = Your transfer is being confirmed again
    .detail = A block of { $network } held the transaction, and another block has taken that block's place. Usually it is included again soon.
    .explain = After a reorganisation the block named for the transaction is not in the best chain. The transaction goes back to the mempool, or another one takes its place.
    .signals = The block once named for the transaction is not the one that sources have at its height now.
    .act-support = Look again in a while. Do not credit before it is in a block again.
    .act-customer = The network has reorganised its last blocks; your transfer will usually be confirmed again by itself.
execution-failed = Included in block { $height } of { $network }, but its execution failed ({ SAID($reason) })
    .detail = The transaction is in block { $height } of { $network }, and its execution failed: { SAID($reason) }. A failed execution moves no value: the money never left the sender; only the network fee was spent.
    .explain = A block holds the transaction, but the receipt's status is failure. "out-of-gas" means that the whole gas limit was used up, "out-of-energy" on Tron that the sender had too little energy or set too low a fee limit, "reverted" that the contract refused. Nothing was moved, whatever the call's input says.
    .signals = The receipt, or the chain's result of the transaction, says failure.
    .act-support = Tell the customer that nothing arrived because nothing was sent; the sender has to send again.
    .act-customer = Your transfer was processed by the network but failed, so the money stayed with the sender. Please send it again, or ask the platform you sent from to do so.
inner-call-failed = The transaction ran, but the payment inside it failed
    .detail = { $way ->
        [safe] The Safe that was to pay reports that its call failed (ExecutionFailure): its own transaction on { $network } succeeded, and the value never left it.
        [user-operation] The smart account's operation failed inside a bundle on { $network } that succeeded as a whole: the value never left the account.
       *[call] A call to the claimant's address inside the transaction on { $network } failed, or the token refused it, without making the whole fail. The value never left the sender.
    }
    .explain = A contract pays on behalf of its owner and swallows the failure: a Safe, a smart account (ERC-4337), a batch whose legs may fail, or a token that answers false instead of failing. Explorers show the outer transaction as a success.
    .signals = The receipt says success, while an event or a trace shows that the inner payment failed.
    .act-support = Do not credit it. The sender still has the value and has to send it again.
    .act-customer = The transaction was carried out, but the payment inside it failed, so the money never left the wallet or platform it was to come from. Please send it again, or ask the platform you sent from to do so.
bridge-crossed = Crossed over a bridge from { $from } to { $network }
    .detail = { $source } on { $from } handed the value to the bridge to { $network }, where { $txid } carried it out. The case goes on with the latter.
    .explain = The transaction that was given is the source side of a rollup's own (canonical) bridge. Which transaction carries it out on the other side follows from the bridge's events; that one was found there, and is judged in its place. The note gives both identifiers.
    .signals = An event of the bridge's contract leads to a transaction on the other side, which a source there knows.
bridge-leg-unnamed = Was carried out on { $network }, by a transaction that is still to be named
    .detail = { $way ->
        [withdrawal] { $source } left { $from } over its own bridge, and the bridge's contract on { $network } says that it has been finalized there. Which transaction did that does not follow from anything known here.
       *[other] { $source } handed the value to the bridge, and the bridge's contract on { $network } says that its message has been carried out. Which transaction did that does not follow from anything known here.
    }
    .explain = A contract on the other side of a rollup's own (canonical) bridge says that the message was carried out, but not by which transaction: whoever claims a withdrawal, or repeats a call that failed, does so by one of their own. The case can be decided with that one.
    .signals = The contract on the other side answers that the message was carried out, and no transaction is named.
    .act-support = Ask for the transaction ID (TXID) of the claim on { $network }, and check that one.
    .act-customer = Your transfer over the bridge has been carried out on { $network }. Please send us the transaction ID (TXID) under which it was claimed there; the bridge you used shows it.
bridge-incomplete = { $way ->
        [withdrawal] On its way out of { $from }: not claimed on { $network } yet
        [redemption] Waits on { $network }: its retryable ticket was not redeemed
        [relay] Came over the bridge to { $network }, but the call there failed
       *[other] On its way over the bridge from { $from } to { $network }
    }
    .detail = { $way ->
        [withdrawal] { $source } left { $from } over its own bridge. By the word of the bridge's contract on { $network } it has not been finalized there: the sender has to prove it, wait until it can no longer be challenged (about 7 days), and then claim it.
        [redemption] { $source } made out a retryable ticket on { $network }, and its automatic redemption failed or never happened. Anybody may redeem it within 7 days of its creation; after that the ticket is gone, and tokens in it can be lost.
        [relay] { $source } carried the deposit to { $network }, where the call that should have paid it out failed. The value waits in the bridge's messenger contract, and anybody may repeat the call.
       *[other] { $source } handed the value to the bridge's contract on { $from }. On { $network }, { SAID($leg) } should carry it out, and the sources there say that it does not exist yet.
    }
    .explain = The value left over a rollup's own (canonical) bridge: the events of the bridge's configured contract say so, and the same events in any other contract count for nothing. On the other side it has not been carried out, by the word of sources that have seen past it. Deposits into a rollup take minutes. A retryable ticket of Arbitrum whose redemption failed lives for 7 days and can be redeemed by anybody. A withdrawal takes about 7 days and has to be proven and claimed by the sender.
    .signals = An event of the bridge's contract shows that the value left, and the other side answers that it was not carried out.
    .act-support = { $way ->
        [withdrawal] Credit nothing: it has not arrived on { $network }. Once the sender has claimed it, ask for the transaction ID (TXID) of the claim on { $network }.
        [redemption] Urgent: tell the customer that the ticket expires 7 days after it was made out, and that it can be redeemed on Arbitrum's own page for retryable tickets.
        [relay] Credit nothing: tell the customer that the message can be sent again in the bridge, and ask for the transaction ID (TXID) of that.
       *[other] Wait. The case can be checked again with the same transaction ID; the other side is then found by itself.
    }
    .act-customer = { $way ->
        [withdrawal] Your transfer has left { $from } and waits in its bridge. Please open the bridge you used and claim the withdrawal there: it has to be proven first, then about 7 days have to pass, and then it can be claimed on { $network }. Send us the transaction ID (TXID) of the claim.
        [redemption] Your transfer waits on { $network } as a ticket that has to be redeemed. Please open the bridge you used and redeem it as soon as possible: it expires 7 days after it was made out. Then send us the transaction ID (TXID) of the redemption.
        [relay] Your transfer has reached { $network }, but the last step of the bridge failed. Please open the bridge you used and repeat that step, and send us its transaction ID (TXID).
       *[other] Your transfer is on its way over the bridge to { $network }. This usually takes some minutes; nothing has to be done.
    }
approval-not-transfer = An approval, not a transfer
    .detail = On { $network } the transaction lets somebody take tokens; it does not move any.
    .explain = The transaction logged an approval and no transfer. Wallets ask for an approval before a swap or a deposit into a contract; the payment itself is another transaction.
    .signals = The receipt's events hold an approval and no transfer.
    .act-support = Ask for the transaction that carries the payment; this one only permits it.
    .act-customer = The transaction you sent us is an approval and moved no coins. Please send us the ID of the transfer itself.
nft-not-coin = Something other than a coin was moved
    .detail = On { $network } the transaction moved an NFT or a multi-token, and no coin and no listed token.
    .explain = The receipt logs a transfer by EIP-721 or EIP-1155 and no transfer of coins. Such things are not credited as deposits.
    .signals = The receipt's events hold a transfer of a single piece, by EIP-721 or EIP-1155, and none of a coin.
    .act-support = Tell the customer that an NFT was moved; check whether the platform takes any.
    .act-customer = The transaction you sent us moved an NFT, not coins. Please send us the ID of the transfer you miss.
no-value-moved = The transaction moved no value
    .detail = It was executed on { $network } without failing, but no coin and no token changed its owner.
    .explain = The transaction succeeded, but carries no value and no token logged a transfer of more than zero. Approvals, contract calls and zero-value transfers look like this.
    .signals = The transaction ran, its value is zero, and no event moves an amount.
    .act-support = Ask for the transaction that carries the payment; this one does not.
    .act-customer = The transaction you sent us did not move any coins. Please send us the ID of the transfer itself.

## Destination

burn-address = Paid to an address that nobody can have the key of
    .detail = The payment on { $network } went to { $address }, an address to which coins are sent to destroy them.
    .explain = The receiver is the zero address or one that spells a word. Nobody can have its key, so what reaches it stays there. Programs that leave the receiver out send to the zero address.
    .signals = The movement's receiver is the zero address or on the list of addresses without a key.
    .act-support = Tell the customer that nothing can be credited or recovered.
    .act-customer = Your transfer went to { $address }, to which nobody has a key. It cannot be recovered, by us or by anybody else.
token-contract-address = Tokens were sent to the token's own contract
    .detail = The payment on { $network } went to { $address }, the contract of the token itself. What reaches it stays there, unless the issuer can return it.
    .explain = The receiver of the tokens is the contract that keeps their balances, usually because its address was copied instead of the deposit address.
    .signals = The receiver of a token's movement is that token's own contract.
    .act-support = Refer the customer to the token's issuer; some issuers can return such tokens.
    .act-customer = You sent the tokens to their own contract { $address } instead of your deposit address. We have no access to them; please ask the token's issuer whether they can be returned.
address-typo = Paid to an address a few characters away from the claimant's
    .customer = Your transfer went to an address that differs slightly from your deposit address
    .detail = The payment on { $network } went to { $address }. The claimant's address is { SAID($expected) }; they differ in at most three characters.
    .explain = The receiver is an address of nobody whom the platform knows, and within three edits of the claimant's own. On networks whose addresses carry no checksum, or where it was ignored, a slip of the hand is another valid address.
    .signals = The receiver differs from the claimant's address in three places at most, and the ledger does not know it.
    .act-support = Show the customer both addresses side by side; nothing can be credited or recovered here.
    .act-customer = Your transfer went to { $address }. Your deposit address is { SAID($expected) }: please compare them character by character. The address that was paid is not ours, so we cannot recover the transfer.
look-alike-address = Paid to an address that only looks like the claimant's
    .customer = Your transfer went to an address that only looks like your deposit address
    .detail = The payment on { $network } went to { $address }. The claimant's address is { SAID($expected) }: both ends agree, the middle does not.
    .explain = The receiver begins and ends like the claimant's address and differs between. Such addresses are made on purpose and left in the history of a wallet, to be copied by mistake.
    .signals = The receiver has the claimant's first and last characters and others between, and the ledger does not know it.
    .act-support = Show the customer both addresses side by side; nothing can be credited or recovered here.
    .act-security = Note the look-alike address; others may have received payments from it.
    .act-customer = Your transfer went to { $address }, which looks like your deposit address { SAID($expected) } but is another one. Please copy addresses only from your account, never from a wallet's history.
address-checksum-bad = The address given fails its checksum: { $address }
    .detail = A character of { $address } is wrong, or its upper and lower case were changed. It is compared as it stands.
    .explain = The checksum inside the address given does not fit: EIP-55 upper and lower case, base58check or bech32. It was mistyped or altered.
    .signals = The address of the complaint does not pass its own checksum.
address-not-ours = { $scope ->
        [account] Paid to an address that does not belong to this account
       *[other] Paid to an address that does not belong to the platform
    }
    .customer = Your transfer went to an address that is not ours
    .detail = The payment on { $network } reached { $address }. { $scope ->
        [account] No effect of the transaction reaches an address of this account; whether the platform has given the address to somebody else, its keys do not tell.
       *[other] No effect of the transaction reaches an address of the claimant or of the platform.
    }
    .explain = The transaction succeeded, and none of its receivers is an address of the platform, by the ledger's own word; where the ledger is one account at an exchange, none is an address of that account; or, without a ledger, none is the address given.
    .signals = The ledger answers for each receiver that the address is not its own; without a ledger, none is the one claimed.
    .act-support = Compare the address with the one that the customer was shown. { $scope ->
        [account] Nothing can be credited to this account; whether the platform knows the address, it has to be asked.
       *[other] Nothing can be credited or recovered here.
    }
    .act-customer = Your transfer went to { $address }, which is not one of { $scope ->
        [account] this account's addresses
       *[other] our addresses
    }. Only the owner of that address can return it; please check where you copied it from.
other-customer-address = Reached the platform, at an address of another customer
    .customer = Your transfer reached us, but not at your deposit address
    .detail = The payment reached { $address }, which the ledger has issued to another customer. Never say to whom.
    .explain = The receiver is a deposit address of the platform, issued to another account than the claimant's. The platform holds the money and decides.
    .signals = The ledger answers that the receiver's address was issued to another account.
    .act-support = Escalate for correction; do not disclose anything about the other account.
    .act-compliance = Confirm the sender's ownership of the payment before anything is moved between accounts.
    .act-customer = Your transfer reached our platform, at an address that is not assigned to your account. We are checking how it can be corrected.
sub-account-address = Reached another account of the same customer
    .customer = Your deposit is in another account of yours
    .detail = The payment reached { $address }, the deposit address of another account of the customer who complains.
    .explain = The ledger names the same customer above the account that was paid and the one that complains: a sub-account, or the main account.
    .signals = The ledger's record of the address names a parent account that is also the claimant's.
    .act-support = Tell the customer in which of their accounts the deposit is, or have it moved by the usual procedure.
    .act-customer = Your deposit reached the deposit address of another account of yours. Please look there, or ask us to move it.
memo-missing = Reached the platform without the memo that says whose it is
    .customer = Your transfer reached us without a memo or tag
    .detail = The payment reached { $address } on { $network }, an address of many customers, and carries no memo or tag. { $expected ->
        [unknown] The claimant's own memo is not known.
       *[other] The claimant's own is { SAID($expected) }.
    }
    .explain = At an address that many customers share, only the memo, tag or comment tells whose a payment is. This one carries none, so nothing could be credited by itself; the platform holds the money.
    .signals = The ledger says that the address requires a memo, and the payment on the chain has none.
    .act-support = Take it to the recovery of payments without a memo: check that nobody else claims this TXID, and have the customer show the sending record.
    .act-customer = Your transfer reached our platform without the memo or tag that tells it is yours. Please file a recovery request with the TXID, the sending record and your own memo; never send a second time to try.
memo-unreadable = Carries a comment that cannot be read
    .detail = The payment to { $address } on { $network } carries a comment that is encrypted or no text, so that it tells nobody whose the payment is.
    .explain = Some wallets encrypt comments for the receiver, and some programs write data where the comment belongs. Neither is a memo that an exchange's scanner reads.
    .signals = The payment carries data in the memo's place that is encrypted or no text.
memo-wrong = Reached the platform with a memo that is not the claimant's
    .customer = Your transfer reached us with a memo or tag that is not yours
    .detail = The payment reached { $address } on { $network }, an address of many customers, with the memo { $given }. { $owner ->
        [another] The ledger has issued that memo to another customer. Never say to whom.
        [nobody] The ledger has issued that memo to nobody.
       *[unknown] Whose that memo is, the ledger does not tell.
    } { $near ->
        [form] It is the claimant's memo { SAID($expected) } in another form: blanks, a word, zeros in front or unusual characters.
        [slip] It is one or two characters away from the claimant's memo { SAID($expected) }.
        [none] The claimant's own is { SAID($expected) }.
       *[unknown] The claimant's own memo is not known.
    }
    .explain = At an address that many customers share, only the memo, tag or comment tells whose a payment is. This one names somebody else or nobody, so it was not credited to the claimant; the platform holds the money.
    .signals = The payment's memo is another one than the ledger's record of the claimant's address has.
    .act-support = Take it to the recovery of payments with a wrong memo: compare the memo with the claimant's, check that nobody else claims this TXID, and have the customer show the sending record.
    .act-compliance = Where the memo is another customer's, confirm the sender's ownership of the payment before anything is moved between accounts.
    .act-customer = Your transfer reached our platform with a memo or tag that is not yours. Please file a recovery request with the TXID, the sending record and your own memo; never send a second time to try.
retired-address = Reached a retired deposit address of the claimant
    .customer = Your transfer went to an earlier deposit address of yours
    .detail = The payment reached { $address }, an address of the claimant that is no longer watched.
    .explain = The receiver is an earlier deposit address of the same account, which the scanner no longer reads. The platform holds the keys.
    .signals = The ledger's record of the receiver's address is the claimant's and says that it is retired.
    .act-engineering = Scan the retired address and credit the payment by hand.
    .act-customer = Your transfer went to an earlier deposit address of yours. We are crediting it by hand; please use the address shown now.
wrong-network-supported = Sent on { $network }, but the address was issued for { SAID($issued) }
    .customer = Your transfer was sent on { $network } instead of { SAID($issued) }
    .detail = The payment reached { $address } on { $network }. The platform issued this address to the claimant on { SAID($issued) }; it runs { $network } too and holds the same keys there.
    .explain = The receiver is the claimant's address, but on another network than the one it was issued for. The platform runs both networks, so it can recover the payment.
    .signals = The ledger issued the receiver's address to the claimant for another network than that of the transaction, and serves both.
    .act-finance = Recover the payment and credit it by hand.
    .act-engineering = Check that the wallet's keys serve { $address } on { $network }.
    .act-customer = Your transfer reached your address, but on { $network } instead of { SAID($issued) }. We are checking how it can be credited.
wrong-network-unsupported = Sent on { $network }, which the platform does not serve for it; the address was issued for { SAID($issued) }
    .customer = Your transfer was sent on { $network }, which we do not support for it
    .detail = The payment reached { $address } on { $network }, which the platform does not run, or not for this asset. It issued this address to the claimant on { SAID($issued) }. Only whoever holds the keys could recover it.
    .explain = The receiver is the claimant's address on a network that the platform does not serve. Whether it recovers such payments is its policy.
    .signals = The receiver is the claimant's address, and the ledger does not serve the network of the transaction.
    .act-support = Look up whether the platform recovers payments on networks it does not serve, and for what fee.
    .act-customer = Your transfer was sent on { $network }, which we do not support. Please read our rules on deposits over unsupported networks.
platform-sweep = The platform's own transfer between its addresses, not a deposit
    .customer = This is not the transfer to your deposit address
    .detail = The transaction moved what already lay at an address of the platform to { $address }, one of its own wallets.
    .explain = Sender and receiver are both addresses of the platform: it gathers what reached its deposit addresses. Explorers show such a transfer at the customer's deposit address, right after the deposit itself.
    .signals = The ledger answers that sender and receiver are both the platform's own.
    .act-support = Look for the deposit that came before it at the address from which it was gathered, and check that one.
    .act-customer = This is a transfer between our own addresses. Please send us the transaction ID (TXID) that the wallet or exchange you sent from shows.
platform-wallet = Reached a wallet of the platform itself
    .customer = Your transfer reached one of our own wallets
    .detail = The payment reached { $address }, which is one of the platform's own wallets and no customer's deposit address.
    .explain = The receiver is a hot, cold or treasury address. Nothing tells whose payment it is, so no scanner credits it.
    .signals = The ledger's record gives the receiver's address the role of a hot, cold or treasury wallet.
    .act-finance = Match the payment with the claimant and book it.
    .act-customer = Your transfer reached one of our own wallets instead of your deposit address. We are matching it to your account.
expected-address-unknown = Final on { $network }; with what address to compare it is not known
    .customer = The network has confirmed the transfer
    .detail = The transaction is final with { $confirmations } confirmations. No ledger is configured and no address was given, so where it should have gone is not known.
    .explain = The chain's part is done and nothing contradicts the claim, but there is no ledger and no address to compare the receiver with.
    .signals = The payment ran on the chain, no ledger is configured, and the claim names no address.
    .act-support = Give the deposit address with --address, or configure the ledger.

## Asset

fake-token = A token that only calls itself { $symbol }
    .customer = The token you sent is not the { $symbol } that we accept
    .detail = The contract { $contract } on { $network } calls itself { $symbol }, but it is not the { $symbol } that the platform lists, nor a known form of it. Anybody can give a token any name.
    .explain = The payment carries a token with the name of a listed asset from another contract, which is no known bridged or wrapped form. Only the contract decides what a token is.
    .signals = The contract is on no list, and calls itself by the name of an asset that is.
    .act-support = Tell the customer that the token is not the listed one; compare the contracts.
    .act-security = Note the contract; others may have received it.
    .act-customer = The token you sent (contract { $contract }) is not the { $symbol } that we accept, so it cannot be credited. Please check where you got it.
bridged-variant = { $variant } arrived instead of { $asset }
    .detail = On { $network } the claimant's address received { $variant }, a bridged or wrapped form of { $asset } with a contract of its own. The platform lists { $asset } only.
    .explain = The contract is a known bridged or wrapped form of the listed asset. It has a value of its own and can usually be exchanged, but the platform does not credit it automatically.
    .signals = The contract is not listed, and is on the configured list of bridged or wrapped forms of an asset.
    .act-support = Look up whether the platform recovers { $variant }, and for what fee.
    .act-customer = You sent { $variant }, which is a bridged form of { $asset } and not credited automatically. We are checking whether it can be recovered.
migrated-contract = { $asset } arrived by the contract that the token has left behind
    .detail = On { $network } the token { $asset } has moved to another contract; what arrived is of the former one, { $contract }.
    .explain = The token's issuer has replaced its contract, and the platform lists the new one. Tokens of the former contract do not become those of the new one by themselves; the issuer usually exchanges them for a time.
    .signals = The contract is not listed, and is on the configured list of an asset's former contracts.
    .act-support = Find out whether the issuer still exchanges the former tokens, and whether the platform does it for customers.
    .act-customer = You sent { $asset } of a contract that the token no longer uses. We are finding out whether it can be exchanged.
asset-not-supported = What arrived is not listed: { $asset } on { $network }
    .customer = The asset you sent is not supported: { $asset } on { $network }
    .detail = The claimant's address received { $asset } on { $network }, which the platform does not list there.
    .explain = The payment reached the claimant, but the platform lists neither this contract nor this coin on this network. Recovery depends on its policy.
    .signals = The payment reached the claimant, and the platform's list of the network's assets does not have what arrived.
    .act-support = Check whether the platform recovers unlisted assets on this network.
    .act-customer = The asset you sent is not supported on this network. We are checking whether it can be recovered.
internal-value-transfer = { $amount } { $asset } arrived by a contract's inner call; the ledger has no record of it
    .customer = Your deposit of { $amount } { $asset } has arrived and is being credited
    .detail = A contract passed { $amount } { $asset } on to { $address } inside the transaction. Scanners that read only the outermost transfers do not see such payments.
    .explain = The network's coin reached the claimant by a call inside the transaction, as a trace shows, and the ledger has no record. Smart wallets and withdrawal contracts pay like this.
    .signals = A trace or an explorer's list shows the payment as a call inside the transaction, and the ledger answers that it has no record.
    .act-engineering = Credit inner calls in the scanner, or have this payment credited by hand.
    .act-finance = Credit the deposit after checking the trace.
    .act-customer = Your deposit arrived through a smart contract and was not recognised automatically. We are crediting it by hand.
token-frozen = The token's issuer has stopped it, or one of the accounts
    .detail = The token { $contract } on { $network } says that its issuer has stopped { SAID($frozen) }: the token as a whole where that is its own address, else that account. The transaction failed for it, unless the stop came later.
    .explain = Issuers of tokens such as USDT and USDC can pause the token or freeze accounts. A transfer then fails, and its value stays with the sender. Only the issuer can lift it.
    .signals = The transaction failed, and the token's contract answers that it is paused or that an account is frozen.
asset-differs = { $arrived } arrived, { SAID($claimed) } was claimed
    .detail = The complaint speaks of { SAID($claimed) }; what reached the address is { $arrived }.
    .explain = The asset that reached the claimant is another one than the complaint names. The case goes on with what arrived.
    .signals = The ticker of the payment on the chain is not the claimed one.

## Amount

below-minimum = { $minimum ->
        [unknown] { $amount } { $asset } arrived, under the minimum deposit
       *[other] { $amount } { $asset } arrived, under the minimum deposit of { $minimum } { $asset }
    }
    .detail = { $minimum ->
        [unknown] The ledger keeps { $amount } { $asset } as under the minimum deposit, without telling the minimum.
       *[other] The platform credits deposits of { $asset } from { $minimum }; { $amount } arrived.
    }
    .explain = The amount that reached the address is under the platform's minimum for this asset and network. Whether it is recovered, accumulated or left depends on the platform's policy.
    .signals = The amount that reached the address is under the minimum that ledger, configuration or profile states, or the ledger's record has that status.
    .act-support = Tell the minimum, and what the platform does with smaller deposits.
    .act-customer = { $minimum ->
        [unknown] Your deposit of { $amount } { $asset } is below the minimum deposit, so it was not credited automatically.
       *[other] Your deposit of { $amount } { $asset } is below the minimum of { $minimum } { $asset }, so it was not credited automatically.
    }
partial-payment = { $received } { $asset } arrived of a payment written as { $promised } { $asset }
    .detail = The transaction names { $promised } { $asset } as the most that it delivers, and allows less; { $received } { $asset } is what it delivered. Only what was delivered counts.
    .explain = On the XRP Ledger a payment may be allowed to deliver less than the amount it names. Crediting the named amount instead of the delivered one is a known fraud.
    .signals = The transaction names a larger amount than its metadata says was delivered.
    .act-support = Go by the delivered amount. Tell the customer that the sender allowed a partial payment, and that the rest never left the sender.
    .act-security = Check that nothing was credited by the named amount, and whether the same sender has tried before.
    .act-customer = Your transfer delivered { $received } { $asset }. It was sent as a partial payment, so the rest of { $promised } { $asset } stayed with the sender; please ask them.
amount-differs = { $received } { $asset } arrived, { SAID($claimed) } was claimed
    .detail = The difference is { $difference } { $asset }. { $reason ->
        [token-fee] In the same transaction exactly as much of the token went from the same payer to other addresses, as with tokens that take a fee of every transfer.
        [units] One amount is the other with the decimal point elsewhere: two units may have been mixed up.
       *[other] A sending platform often takes its fee out of the amount; some tokens take one themselves.
    }
    .explain = The amount received differs from the amount claimed: a fee taken by the sender, a fee of the token, mixed-up units, or several payments.
    .signals = The amount on the chain is not the claimed one.

## Finality

coinbase-immature = A mining reward, { $confirmations } of { SAID($required) } blocks deep
    .detail = The payment is a block's reward, which the network's rules lock for { SAID($required) } blocks; it has { $confirmations } confirmations.
    .explain = A block's reward cannot be spent before it is 100 blocks deep, so it cannot be credited either.
    .signals = The transaction is its block's reward, and fewer than 100 blocks deep.
    .act-support = Wait until the reward has matured.
    .act-customer = Your deposit is a mining reward, which the network locks for { SAID($required) } blocks. It will be credited afterwards.
waiting-confirmations = Confirmed { $confirmations } of { SAID($required) } times; about { SAID($minutes) } min to go
    .detail = The payment is in a block with { $confirmations } confirmations, its own block counted as the first; { SAID($required) } are required. At the network's usual pace that takes about { SAID($minutes) } minutes.
    .explain = The payment is in the best chain, but not as deep as the platform asks. The block that holds it counts as the first confirmation.
    .signals = The block that holds the payment, and fewer blocks above it than are required.
    .act-support = Wait; look again at the time given.
    .act-customer = Your transfer is on its way: { $confirmations } of { SAID($required) } confirmations. It will be credited automatically.
not-final-yet = In a block, but not yet { SAID($required) }
    .detail = The payment has { $confirmations } confirmations; the platform waits until its block is { SAID($required) } by the network's own rule.
    .explain = Finality goes by the network's safe or finalized block here, and the payment's block is above it.
    .signals = The height of the payment's block is above that of the network's safe or finalized block.
    .act-support = Wait; look again in half an hour.
    .act-customer = Your transfer is confirmed and is waiting for the network to finalise it. It will be credited automatically.

## Credit

credited-before-final = Credited, though the chain does not carry the payment
    .customer = Your deposit is being checked
    .detail = The ledger has credited { $amount } { $asset } to account { $account }, but the chain does not carry the payment: it is in no block, failed, or does not exist.
    .explain = The ledger shows a credit while the chain says that the payment is not included, was orphaned or failed. The platform may have paid out what it never received.
    .signals = A credited record in the ledger beside the chain's answer that the payment is not carried.
    .act-finance = Freeze the credited amount until the payment is settled on the chain.
    .act-engineering = Find out why it was credited before it was final.
credited = { $credited_at ->
        [unknown] { $amount } { $asset } credited
       *[other] { $amount } { $asset } credited on { SAID($credited_at) }
    }
    .detail = { $credited_at ->
        [unknown] The ledger has credited the claimant { $amount } { $asset } for this very payment, without telling when. The money is where it should be.
       *[other] The ledger has credited the claimant { $amount } { $asset } for this very payment, at { SAID($credited_at) }. The money is where it should be.
    }
    .explain = The ledger has credited the claimant for this payment, with the amount that arrived, and it is available.
    .signals = The ledger's record of the transaction is credited, to the claimant, with the amount on the chain.
    .act-support = Show the customer where the credit stands; it may be in another wallet of the account, or already used.
    .act-customer = { $credited_at ->
        [unknown] Your deposit of { $amount } { $asset } was credited. Please look into your account's deposit history.
       *[other] Your deposit of { $amount } { $asset } was credited at { SAID($credited_at) }. Please look into your account's deposit history.
    }
unlock-pending = { $amount } { $asset } credited, not yet available for withdrawal
    .detail = The ledger has credited { $amount } { $asset } to account { $account }; { $required ->
        [unknown] it is locked until more confirmations have come in.
       *[other] it is locked until it has { SAID($required) } confirmations, and has { SAID($confirmations) } now.
    }
    .explain = The deposit is credited, but the platform unlocks it for withdrawal only after further confirmations.
    .signals = The ledger's record is credited and still locked.
    .act-support = Wait for the unlock.
    .act-customer = { $required ->
        [unknown] Your deposit is credited. It can be withdrawn once it has a few more confirmations.
       *[other] Your deposit is credited. It can be withdrawn once it has { SAID($required) } confirmations ({ SAID($confirmations) } so far).
    }
credited-other-account = { $amount } { $asset } credited to another account than the claimant's
    .customer = Your deposit of { $amount } { $asset } is being corrected
    .detail = The payment reached the claimant's address, and the ledger has credited { $amount } { $asset } to an account that is not the claimant's. Never say which.
    .explain = The receiver is the claimant's address, but the ledger's record names another account.
    .signals = The ledger's credited record names another account than the claimant's, who has none.
    .act-finance = Correct the booking.
    .act-customer = Your transfer arrived but was booked incorrectly. We are correcting it.
credited-twice = One payment was credited { $count } times
    .customer = Your deposit is being checked
    .detail = The chain carries one payment of { $received } { $asset }, and the ledger has { $count } credits for it.
    .explain = The records of one payment credit more than what arrived, and two of them are about the same output. One of them has to be taken back.
    .signals = Two credited records of the ledger are about one output, and exceed what the chain shows.
    .act-finance = Take back what was credited too much, before it is withdrawn.
    .act-engineering = Find out why one output was credited twice: a transaction that was replaced, re-included or rescanned is counted by output, not by transaction.
credited-wrong-amount = { $credited } { $asset } credited, { $received } { $asset } received
    .customer = The credited amount of your deposit is being corrected
    .detail = The chain shows { $received } { $asset } to the claimant's address; the ledger has credited { $credited } { $asset }.
    .explain = The ledger has credited the claimant for this payment, but with another amount than arrived.
    .signals = The sum of the ledger's credited records is not the amount that the chain shows.
    .act-finance = Correct the amount.
    .act-customer = Your transfer was credited with a wrong amount. We are correcting it.
partly-credited = { $open } { $asset } of the payment are not credited
    .detail = The transaction pays the claimant several times; the ledger has credited some of it, and { $open } { $asset } have no record.
    .explain = Several outputs or transfers of one transaction reached the claimant, and the ledger's records cover only some of them.
    .signals = The chain shows several payments to the claimant in the transaction, and records cover only some.
    .act-engineering = Find out why the other outputs were skipped.
    .act-finance = Credit the outputs that have no record.
    .act-customer = A part of your transfer has not been credited yet. We are crediting it.
deposit-rejected = The ledger refused the deposit ({ $status }, reason: { SAID($reason) })
    .customer = Your deposit could not be credited automatically
    .detail = The ledger has the payment and refused it: { $status }, reason { SAID($reason) }. The money is with the platform and not credited.
    .explain = The ledger's record is rejected or declared a wrong deposit. The platform holds the money and has to say what becomes of it.
    .signals = The ledger's record has the status rejected or wrong deposit.
    .act-support = Find out from the operations team what becomes of it: credit or return.
    .act-customer = Your deposit was received but could not be credited automatically. We are checking what can be done.
refund-in-progress = { $amount } { $asset } is being returned
    .detail = The ledger is returning { $amount } { $asset } of account { $account }.
    .explain = The platform decided to send the payment back and has not finished.
    .signals = The ledger's record has the status of a refund under way.
    .act-support = Give the customer the return's reference once there is one.
    .act-customer = Your deposit of { $amount } { $asset } is being returned.
refunded = { $amount } { $asset } was returned
    .detail = The ledger says that { $amount } { $asset } of account { $account } was sent back.
    .explain = The platform has sent the payment back; the case is closed with the return.
    .signals = The ledger's record has the status refunded.
    .act-support = Give the customer the return's transaction.
    .act-customer = Your deposit of { $amount } { $asset } was returned.
awaiting-customer = The ledger waits for the customer to confirm { $amount } { $asset }
    .customer = Your deposit of { $amount } { $asset } needs your confirmation
    .detail = The deposit of { $amount } { $asset } of account { $account } needs something from the customer before it goes on.
    .explain = The ledger has the payment and waits for the customer, for example for a confirmation, for the sender's data or for the application for a return.
    .signals = The ledger's record has the status of waiting for the customer.
    .act-support = Point the customer to what is asked for in the account.
    .act-customer = Your deposit needs a step from you. Please open it in your account and follow the steps shown.
ledger-stuck = The ledger has been at "{ $status }" since { SAID($detected_at) }, though the payment is final
    .customer = Your deposit has arrived; its credit is delayed
    .detail = The payment has { $confirmations } confirmations and is final; the ledger detected it at { SAID($detected_at) } and still says { $status }. That is longer than normal.
    .explain = The ledger knows the payment and has stopped on the way to crediting it, longer than is normal past the requirement.
    .signals = The ledger's record is detected or confirming, while the chain has shown enough confirmations for longer than is normal.
    .act-engineering = Find out why the deposit does not move on, and credit it.
    .act-customer = Your deposit has arrived and its credit is delayed on our side. We are working on it.
ledger-confirming = The ledger has it and is counting confirmations ({ $status })
    .customer = Your deposit has been received and is being processed
    .detail = { $required ->
        [unknown] The ledger knows the payment and says { $status }, in the normal course.
       *[other] The ledger knows the payment and says { $status }; it has counted { SAID($confirmations) } of { SAID($required) } confirmations, in the normal course.
    }
    .explain = The deposit is known to the ledger and on its way to being credited; nothing is wrong.
    .signals = The ledger's record is detected or confirming, within the usual time.
    .act-support = Wait; look again in half an hour.
    .act-customer = We have received your deposit and are processing it. It will be credited automatically.
deposits-suspended = Deposits on { $network } are suspended{ $since ->
        [unknown] {""}
       *[other] {" "}since { $since }
    }{ $until ->
        [unknown] {""}
       *[other] , until { $until }
    }
    .customer = Deposits on { $network } are suspended for the moment
    .detail = The platform has closed deposits on { $network }: { SAID($reason) }{ $since ->
        [unknown] {""}
       *[other] , since { $since }
    }{ $until ->
        [unknown] ; it does not tell until when.
       *[other] , until { $until }.
    } The payment has arrived and will be credited when deposits open again.
    .explain = The asset or the network is closed for deposits. Payments that arrive meanwhile are not credited until it opens.
    .signals = The ledger's record is suspended, or its policy says that deposits are closed and it has no record.
    .act-support = Tell when deposits open again, as far as it is announced.
    .act-customer = Deposits on { $network } are currently suspended. Your deposit is safe and will be credited when they are open again.
scanner-behind = The platform's scanner has not yet read the block of the payment
    .customer = Your deposit has arrived and will be credited
    .detail = The payment is final in block { $height } with { $confirmations } confirmations; the deposit scanner has read up to block { $scanned }.
    .explain = The payment is final, but the ledger's scanner has not come to its block yet, so it cannot have a record.
    .signals = The height up to which the ledger has scanned is under the payment's block, and it has no record.
    .act-engineering = Bring the scanner forward: it lags behind the network.
    .act-support = Wait for the scanner; the deposit will then be credited by itself.
    .act-customer = Your deposit has arrived. Our system is catching up with the network and will credit it.
deposit-missed = Arrived with { $confirmations } confirmations; the ledger has no record of it
    .customer = Your deposit has arrived and is being credited by hand
    .detail = The payment to the claimant's address is final in block { $height } with { $confirmations } confirmations. The scanner has read up to block { $scanned }, past it, and the ledger has no record. It has to be credited by hand.
    .explain = Final on the chain, to the claimant's address, of a listed asset and above the minimum; deposits are open, the scanner has read past the block, and the ledger has no record. The platform missed it.
    .signals = The ledger answers that it has no record, and its scanned height is past the payment's final block.
    .act-engineering = Scan block { $height } again and find out why the payment was skipped.
    .act-finance = Credit the deposit after checking it against the chain.
    .act-customer = Your deposit has arrived, and our system did not credit it automatically. We are crediting it by hand.
deposit-unrecorded = Arrived with { $confirmations } confirmations; the ledger does not show it { $late ->
        [no] yet
       *[yes] though it should by now
    }
    .customer = Your deposit has arrived and is not credited yet
    .detail = The payment to the claimant's address is final in block { $height } with { $confirmations } confirmations. The ledger has no record of it and does not tell how far it has read the chain; { $late ->
        [no] a record may still come.
       *[yes] deposits usually show up much sooner than that.
    }
    .explain = Final on the chain, to the claimant's address, of a listed asset and above the minimum; deposits are open, and the ledger has no record. It does not tell how far it has read the chain, as an exchange does not tell the holder of an account, so that only the time that has passed says whether the payment was missed.
    .signals = The ledger answers that it has no record of a payment that the chain shows final, and does not say how far it has read.
    .act-support = { $late ->
        [no] Wait; look again in half an hour.
       *[yes] Have the platform look for the payment in block { $height }: it has to be credited by hand. Where the ledger is an account at another exchange, file a complaint there (--audience platform writes it).
    }
    .act-customer = { $late ->
        [no] Your transfer has arrived and should be credited soon.
       *[yes] Your transfer has arrived and is not credited yet. This is being looked into.
    }
scanner-blind-spot = Came in a way that some deposit scanners do not read
    .detail = { $way ->
        [internal-call] The coin was moved by a contract's call inside the transaction, not by the transaction itself.
        [router] The transaction called another contract than the token's own, which then moved the tokens.
       *[transfer-from] The tokens were moved on behalf of their owner by somebody else (transferFrom).
    }
    .explain = The ledger has no record of a payment that the chain shows. This says how it came: by a contract's inner call, through a router or a batch contract, or by an allowance. Scanners that read only the receiver, the value and the first call of a transaction pass such payments by.
    .signals = The ledger has no record of a payment that the chain shows as an inner call, through another contract, or by an allowance.
credit-unchecked = Arrived at the address given, with { $confirmations } confirmations; whether it was credited was not checked
    .customer = Your transfer has arrived at the address given
    .detail = { $amount } { $asset } reached { $address } and is final with { $confirmations } confirmations. No ledger is configured, so whether it was credited was not checked.
    .explain = The chain's part is done: final, at the address given. Without a ledger nobody was asked about the credit.
    .signals = The payment is final at the address given, and no ledger is configured.
    .act-support = Look the deposit up in the ledger, or configure it.
unknown-ledger-status = The ledger gives a status that this program does not know: { $status }
    .customer = Your transfer is being checked
    .detail = The ledger has the payment with the status "{ $status }". It is not in the contract, and guessing its meaning could send the case the wrong way.
    .explain = The ledger's status is outside the agreed words. It is kept as it came and never guessed at.
    .signals = The status in the ledger's record is none of the contract's words.
    .act-support = Ask the ledger's team what "{ $status }" means.
    .act-engineering = Map the status to one of the contract's words.

## Withdrawals

withdrawal-unauthorised = The customer says that somebody else made this withdrawal
    .customer = We are looking into a withdrawal that you did not make
    .detail = The complaint says that the withdrawal was not the customer's. The account has to be frozen before the transfer is traced; what chain and ledger say of it is listed below.
    .explain = The words of the ticket report a theft: a withdrawal that the customer did not make. Every minute counts as long as something can still be stopped, so this comes before any question about the transfer itself.
    .signals = The ticket's words say that the customer did not make the withdrawal.
    .act-security = Freeze the account now: withdrawals, sessions, API keys. Stop the withdrawal if it has not been sent; otherwise trace where it went and warn the receiving platform.
    .act-support = Hand the case to the security team at once, and change nothing on the account before they have.
    .act-customer = We are securing your account. Please change your password and renew your second factor from a device that you trust, and keep every message that you received.
withdrawal-unknown = The ledger knows no such withdrawal
    .customer = We cannot find this withdrawal
    .detail = The complaint is about a withdrawal, and the ledger has no record of it under what was given.
    .explain = The ledger answered that it has no withdrawal of this transaction or id. It may belong to another platform, or have been looked up under a wrong id.
    .signals = The ledger answers that it has no withdrawal of the transaction or number.
    .act-support = Ask for the withdrawal's own id, and whether it was sent from this platform.
    .act-customer = We cannot find this withdrawal. Please send us the withdrawal's ID as your account shows it.
withdrawal-internal = Delivered inside the platform, without a chain
    .customer = Your withdrawal was an internal transfer and has arrived
    .detail = { $amount } { $asset } went to an account of the same platform. No chain carries it, so there is no transaction to look up.
    .explain = The receiver has an account on the same platform, so the ledger moved the balance itself. There is no transaction on any chain.
    .signals = The ledger's order has the mark of an internal transfer.
    .act-support = Tell the customer that the transfer is internal and give the receiver the ledger's reference.
    .act-customer = Your withdrawal was an internal transfer and has arrived. There is no transaction on the blockchain.
withdrawal-replaced = Another version of the withdrawal's transaction was carried out
    .detail = { $replaced } was given; { $txid } took its place, and only one of the two can be in the chain. The case goes on with { $txid }.
    .explain = A withdrawal whose fee was raised has several identifiers, of which one is carried out. The ledger names the versions, or a source knows which one took the other's place.
    .signals = The ledger's order names several transactions, or a source names what took the place of one.
withdrawal-awaiting-customer = The withdrawal waits for the customer to confirm it
    .customer = Your withdrawal needs your confirmation
    .detail = The order of { $amount } { $asset } on { $network } has not been confirmed by the customer: by e-mail, in the app, or in the address list.
    .explain = Nothing was sent yet: the ledger waits for the customer's confirmation.
    .signals = The ledger's order waits for the customer, and names no transaction.
    .act-support = Have the confirmation sent again.
    .act-customer = Please confirm your withdrawal of { $amount } { $asset }; look into your e-mail and your account.
withdrawal-done-not-marked = Delivered on { $network }, but the ledger has not marked it done
    .customer = Your withdrawal has been delivered on { $network }
    .detail = The chain shows { $amount } { $asset } at the ordered address, final; the ledger's record still says otherwise.
    .explain = The payment is final at the ordered address with the ordered amount, while the ledger's record is not completed. Paying again would pay twice.
    .signals = The chain shows the ordered amount final at the ordered address, and the ledger's order is not completed.
    .act-engineering = Mark the withdrawal as done; do not send it again.
    .act-customer = Your withdrawal has been delivered on the network. Please check with the receiving wallet or platform.
withdrawal-in-review = The withdrawal is under review
    .customer = Your withdrawal is being reviewed
    .detail = The order of { $amount } { $asset } on { $network } is under review and has not been sent.
    .explain = The ledger holds the order for a risk, manual or travel-rule review. Longer than normal makes it the platform's to move.
    .signals = The ledger's order has the status of a review.
    .act-support = Find out who reviews it and until when.
    .act-customer = Your withdrawal is being reviewed and has not been sent yet.
withdrawals-suspended = Withdrawals of { $asset } on { $network } are suspended
    .detail = The order of { $amount } { $asset } has not been sent, and withdrawals on { $network } are closed.
    .explain = The network or the asset is closed for withdrawals; orders wait until it opens.
    .signals = The ledger's policy says that withdrawals of the network or asset are closed, and the order is not sent.
    .act-support = Tell when withdrawals open again, as far as it is announced; offer another network or a cancellation.
    .act-customer = Withdrawals of { $asset } on { $network } are currently suspended. Your balance is safe.
withdrawal-queued = The withdrawal has not been sent yet
    .detail = The order of { $amount } { $asset } on { $network } is accepted and waits to be sent.
    .explain = Approved or in preparation, with no transaction yet. Longer than normal makes it the platform's to move.
    .signals = The ledger's order is approved or in preparation, and names no transaction.
    .act-support = Wait for the next batch; escalate when it is overdue.
    .act-customer = Your withdrawal is being prepared and will be sent shortly.
withdrawal-failed-marked-done = The ledger says done, but the transaction failed on { $network }
    .customer = Your withdrawal failed and is being corrected
    .detail = The ledger has completed the withdrawal of { $amount } { $asset }, but its transaction was executed and failed: nothing was delivered.
    .explain = The ledger's record is completed while the chain shows a failed execution. The customer has neither the coins nor the balance.
    .signals = The ledger's order is completed, and the chain's result of its transaction is failure.
    .act-finance = Return the balance or send again, after making sure that nothing was delivered.
    .act-engineering = Find out why a failed transaction was marked as done.
    .act-customer = Your withdrawal failed on the network. We are correcting it.
withdrawal-failed = The withdrawal failed
    .detail = The withdrawal of { $amount } { $asset } on { $network } failed, and nothing says that the balance was returned.
    .explain = The ledger or the chain says that the withdrawal failed, and it is neither cancelled nor completed.
    .signals = The ledger's order has the status failed, or the chain's result of its transaction is failure.
    .act-finance = Return the balance once it is certain that nothing can be delivered any more.
    .act-customer = Your withdrawal did not succeed. We are returning the balance to your account.
withdrawal-cancelled = The withdrawal was cancelled or refused; the balance is back
    .customer = Your withdrawal was cancelled; the amount is back
    .detail = The order of { $amount } { $asset } was not sent; the ledger says cancelled or rejected, which returns the balance.
    .explain = The order ended before it was sent, and the balance was returned.
    .signals = The ledger's order has the status cancelled or rejected.
    .act-support = Point to the returned balance and the reason.
    .act-customer = Your withdrawal was cancelled and the amount is back in your account.
withdrawal-misdelivered = The chain does not show what was ordered
    .customer = Your withdrawal is being looked into
    .detail = { $amount } { $asset } were ordered; the transaction delivered { $delivered } { $asset } to the ordered address on { $network }.
    .explain = The transaction that the ledger names was executed, but pays another address or another amount than was ordered.
    .signals = Receiver or amount in the movements of the order's transaction are not those of the order.
    .act-security = Find out where the money went and why; stop the wallet if it is not understood.
    .act-finance = Book the difference and prepare the correction.
    .act-customer = Something went wrong with your withdrawal. We are looking into it and will come back to you.
withdrawal-delivered = Delivered: { $amount } { $asset } at the ordered address, with { $confirmations } confirmations
    .customer = Your withdrawal of { $amount } { $asset } has been delivered
    .detail = The chain shows exactly { $amount } { $asset } at the ordered address on { $network }, final with { $confirmations } confirmations. What is missing now is with the receiving side.
    .explain = The transaction is final and pays the ordered amount to the ordered address. If the customer still misses it, the receiving platform has to credit it.
    .signals = The movements of the order's transaction hold the ordered amount to the ordered address, and it is final.
    .act-support = Give the customer the reference for the receiving platform.
    .act-customer = Your withdrawal has been delivered on the network. If it is not credited there, please contact the receiving platform with the transaction ID.
withdrawal-not-broadcast = { $lapsed ->
        [yes] The transaction that the ledger names was never included, and its time has run out
       *[no] The ledger names a transaction that no source knows
    }
    .customer = Your withdrawal is being sent again
    .detail = { $lapsed ->
        [yes] The ledger shows a transaction for { $amount } { $asset } that says itself until when a block may hold it. The part of { $network } that nobody can take back is past that time and does not hold it: it can no longer arrive.
       *[no] The ledger shows a transaction for { $amount } { $asset }, but independent sources of { $network } say that it does not exist: it was never sent.
    }
    .explain = The ledger has a transaction id, and two independent fit sources do not know it. The transaction was made but not broadcast, or has fallen out. Where a transaction itself says until when a block may hold it, final blocks past that time are proof enough.
    .signals = The ledger's order names a transaction, and sources of two operators answer that they do not know it.
    .act-engineering = { $lapsed ->
        [yes] Make a new transaction; the old one can no longer arrive.
       *[no] Broadcast the same transaction again; do not make a new one before the old one can no longer arrive.
    }
    .act-customer = Your withdrawal is being sent again.
withdrawal-stuck = Sent, but in no block of { $network } for longer than normal
    .customer = Your withdrawal has been sent and is waiting for the network
    .detail = The transaction of { $amount } { $asset } was sent and is in no block: its fee is too low, or an earlier transaction of the wallet blocks it.
    .explain = The platform's own transaction has been unconfirmed for longer than is normal. The platform can raise the fee or clear the blocking nonce.
    .signals = The ledger's order names a transaction that sources hold in no block, for longer than is normal.
    .act-engineering = Raise the fee, or replace the transaction that blocks the wallet's nonce.
    .act-customer = Your withdrawal has been sent and is waiting for the network. We are speeding it up.

## Hold

held = The platform holds the deposit (reason: { SAID($reason) })
    .customer = Your deposit has arrived and is under review
    .detail = The ledger has the payment and holds it; its reason is { SAID($reason) }.
    .explain = A person or a rule has stopped the deposit: kyc, aml, travel_rule, frozen, blacklist, sub_account, risk or manual. The customer is never told a compliance reason.
    .signals = The ledger's record has the status held, with its reason.
    .act-support = Follow the process for this reason; tell the customer only what it allows.
    .act-compliance = Decide about the hold.
    .act-customer = Your deposit has arrived and is being reviewed. If we need anything from you, you will find it in your account.

## Sources

sources-disagree = Sources contradict each other about: { SAID($question) }
    .customer = Your transfer is still being checked
    .detail = Two fit sources of { $source } give different answers ({ SAID($question) }). Nothing is concluded from either.
    .explain = Two sources that should agree do not. Both answers are recorded; one of them is wrong, behind, or lying.
    .signals = Two answers to the same question that cannot both be true.
    .act-support = Do not act on either answer. Ask a third source, and look again.
    .act-engineering = Find out which of the two is wrong.
source-wrong-chain = { $source } follows another network than it is configured for
    .customer = Your transfer is still being checked
    .detail = The source { $source } proved another chain id or genesis block than its configuration names, so nothing that it says counts.
    .explain = Each source shows its chain id or its first block before it is believed. This one follows another network.
    .signals = The chain id or first block that the source shows is not that of the network.
    .act-support = Have the configuration corrected, then check again.
    .act-engineering = Correct the address or the chain of { $source }.
answer-not-proven = An answer of { $source } does not hold when it is checked
    .customer = Your transfer is still being checked
    .detail = The answer of { $source } is about something else than what was asked, its own bytes hash to something else, or what should prove it does not ({ $question }).
    .explain = An answer that does not belong to its question, or a proof that should hold and does not: bytes that hash to something else, a path that leads elsewhere, a header without work or not built upon the one below. The source is broken or lying.
    .signals = A recomputed hash, path or header is not what the answer says.
    .act-support = Ask another source.
    .act-engineering = Take { $source } out of use until it is understood.
source-behind = { $source } is behind its network
    .customer = Your transfer is still being checked
    .detail = The newest block of { $source } is too old, or the source is still catching up. What it does not know proves nothing ({ $question }).
    .explain = The source's head is older than is usual for the network, or it says itself that it is synchronising.
    .signals = The time of the source's newest block is too long ago, or the source says that it is synchronising.
    .act-support = Look again when the source has caught up, or ask another one.
    .act-engineering = Bring { $source } back in step.
source-lacks-history = { $source } does not keep what would be needed
    .customer = Your transfer is still being checked
    .detail = The source { $source } is pruned or keeps no index of all transactions, so its "not found" proves nothing ({ $question }).
    .explain = A pruned node, one without a transaction index, or a window too short for the claim cannot say that something does not exist.
    .signals = The source says how far back it keeps, or that it has no index, and the question lies beyond.
    .act-support = Ask a source with full history.
    .act-engineering = Give { $source } a transaction index, or add a source that has one.
source-unavailable = No answer to: { $question }
    .customer = Your transfer is still being checked
    .detail = { $source } gave no answer ({ $question }). Without it nothing can be concluded.
    .explain = A source that is needed gave no usable answer: it was refused, too slow, limited, broken, or not asked for lack of configuration.
    .signals = A question without a usable answer, on which the rest of the case depends.
    .act-support = Look again later. The open questions are listed below.
    .act-engineering = Check { $source }.

## Ticket

tx-predates-address = Older than the claimant's deposit address
    .customer = This transfer is older than your deposit address
    .detail = The transaction is of { $time }; the address was handed out only at { $issued_at }.
    .explain = The block of the transaction is older than the address that it should have paid. Elsewhere than at that address it cannot be the deposit that is missing; at that very address it is the claimant's all the same, and worth a second look only.
    .signals = The time of the payment's block lies before the time at which the ledger issued the address.
    .act-support = Ask for the transaction ID of the transfer that is meant; this one is older than the deposit address.
    .act-customer = The transaction you sent us is older than your deposit address, so it cannot be the transfer to it. Please send the transaction ID (TXID) of the transfer you mean.
not-related-to-claimant = A real transaction, but nothing of it is the claimant's
    .customer = This transaction ID belongs to another transfer
    .detail = { $why ->
        [pay-out] The platform itself sent this transaction on { $network }, to others. What of it comes back to the platform is its own change.
       *[unrelated] The transaction on { $network } reaches no address of the platform, and neither its asset nor its amount is the claimed one.
    }
    .explain = The transaction exists and succeeded, but address, asset and amount are all different from the claim: another transaction is meant.
    .signals = No receiver is the claimant's, and asset and amount on the chain are not the claimed ones either.
    .act-support = Ask for the transaction of the claimed transfer.
    .act-customer = The transaction ID you sent belongs to another transfer. Please check your wallet's history and send the ID of the transfer you miss.
secret-in-ticket = The ticket held a secret, which has been removed: { SAID($kinds) }
    .detail = What the customer wrote held a secret ({ SAID($kinds) }). It is neither kept nor shown here; the desk itself still has it.
    .explain = Customers paste recovery phrases, private keys, passwords and API keys into complaints. Whoever reads one can take the money, so it is removed before anything is recorded, and has to be replaced.
    .signals = The ticket's text held something with the form of a recovery phrase, key or password, of which only the kind is kept.
    .act-support = Remove it from the ticket at the desk, and do not use it or pass it on.
    .act-customer = Please never send us a recovery phrase, a private key, a password or an API key. Move your coins to a new wallet, and replace the password or key that you sent, for it must count as known to others.
ticket-overdue = The ticket has been open for { $hours } hours
    .detail = It was opened at { $opened_at } and is older than the time in which tickets should be answered.
    .explain = The ticket is older than the configured service time.
    .signals = The time at which the ticket was made is longer ago than the configured hours.
txid-claimed-by-several = { $count ->
        [one] Another ticket names the same transaction
       *[other] { $count } other tickets name the same transaction
    }
    .detail = The same transaction is named in { SAID($tickets) }, by somebody else than this complaint's account. Only one of them can be owed it.
    .explain = The desk has further tickets that name this transaction, of other accounts. A TXID can be read by anybody in an explorer, so that it proves nothing about who sent it.
    .signals = The desk's search for the identifier finds tickets of other accounts.
wrong-direction = The complaint says { SAID($claimed) }, and it is a { SAID($found) }
    .detail = The complaint is about a { SAID($claimed) }. By the ledger and the chain it is a { SAID($found) } of the same account.
    .explain = The complaint names the wrong direction. The claimant's own order in the ledger, or a payment to the claimant that nobody ordered, tells the right one.
    .signals = The ledger's order, or the receiver on the chain, is of the other direction than the complaint says.
claim-differs = The complaint names another { SAID($field) }: { SAID($claimed) }, found { SAID($found) }
    .detail = The complaint's { SAID($field) } is { SAID($claimed) }; the chain shows { SAID($found) }. The diagnosis goes by the chain.
    .explain = Network, address or time of the complaint differ from what the chain shows. Complaints supply hypotheses, never facts.
    .signals = Network, address or time in the complaint are not those of the transaction on the chain.

## Report

verdict-complete = COMPLETE
verdict-settled = SETTLED
verdict-waiting = WAITING
verdict-platform-action = PLATFORM MUST ACT
verdict-customer-action = CUSTOMER MUST ACT
verdict-misdirected = MISDIRECTED
verdict-inconclusive = INCONCLUSIVE

party-platform = the platform
party-customer = the customer
party-sending-platform = the sender, or the platform they sent from
party-receiving-platform = the receiving platform
party-network = nobody: the network will
party-nobody-yet = nobody yet

holder-sender = still with the sender
holder-network = on its way in the network
holder-platform = with the platform
holder-claimant = with the customer
holder-receiving-platform = with the receiving platform
holder-third-party = with a third party
holder-nobody = out of reach for everybody
holder-unknown = unknown

check-included = in a block of the best chain
check-executed = ran without failing
check-moved-value = moved value
check-to-claimant = reached the claimant's address
check-right-asset = an asset that the platform lists
check-enough = reaches the minimum
check-final = as deep as required
check-recorded = known to the ledger
check-credited = credited by the ledger
check-available = available to the customer

report-case = Case
report-acts = Who acts
report-finding = Finding
report-nobody = nobody
report-money = Money
report-moment = { $time } ({ $zone }), { $utc } UTC
report-since = {", since "}{ $time }
report-expected = {"; expected to change by "}{ $time }
report-checks = Checks
report-transactions = Transaction
report-transfers = Transfers
report-ledger = Ledger
report-also = Also found
report-actions = What to do
report-gaps = Not answered
report-comma = { ", " }
report-unknown = unknown
report-more = and { $count } more
report-no-address = a script without address
report-claimant = claimant
report-fits-yes = fits
report-fits-nearly = nearly fits
report-fits-other-amount = another amount
report-fits-other-asset = another asset
report-fits-nothing-moved = moves nothing
report-settled = {", settled by the ledger already"}
report-any-asset = every asset
report-searched = { $asset } to { $address } searched back to { $time }
report-searched-back-to = { $asset } to { $address } searched back to { $time }, but not all of it
report-searched-in-part = { $asset } to { $address } not searched, or in part only
report-nonce-unused = no transaction of that nonce yet
report-block = block { $height }
report-no-block = in no block yet
report-deposit = deposit { $id }
report-withdrawal = withdrawal { $id }
report-address = address
report-network = network
report-account = account { $account }
report-deposits = deposits { $value }
report-scanned = scanned to { $value }
report-depth-of = { $have } of { SAID($need) } confirmations (its own block counts as 1)
report-depth-named = { $have } confirmations, { SAID($need) } required
report-depth = { $have } confirmations
report-proven = proven: { $parts }
report-proof-txid = TXID
report-proof-in-block = its place in the block
report-proof-work = the block's work
report-proof-headers = { $count } linked headers
report-proof-block-hash = the block's hash
report-proof-receipt = its receipt
report-state-not-found = not-found
report-state-pending = pending
report-state-included = included
report-state-dropped = dropped
report-state-replaced = replaced
report-state-orphaned = orphaned
report-confidence-proven = proven
report-confidence-corroborated = corroborated
report-confidence-reported = reported
report-confidence-conflicting = conflicting
report-door-open = open
report-door-suspended = suspended
report-for-support = support
report-for-customer = customer
report-for-engineering = engineering
report-for-compliance = compliance
report-for-finance = finance
report-for-security = security
report-settle-credit-unchecked = To settle it: configure the section [ledger], so that the credit can be checked.
report-settle-expected-address-unknown = To settle it: give the deposit address with --address, or configure the section [ledger].

## Letters to customers and other platforms

letter-greeting-customer = Hello,
letter-greeting-platform = To the support desk of { $desk },
letter-greeting-desk = To the support desk,
letter-send-to = Send it to { $desk }
letter-desk-holding = the platform of the account that misses the money
letter-desk-sending = the platform from which it was sent
letter-desk-receiving = the platform to which it was sent
letter-closing-customer = If anything is unclear, please reply to this message.
letter-closing-platform = Thank you. Everything stated here can be looked up on the network.
letter-customer-complete = Everything about this transfer is done.
letter-customer-settled = The network has carried out the transfer. We have not yet checked whether it was credited, and will do so.
letter-customer-waiting = Your transfer is on its way. You need not do anything.
letter-customer-platform-action = We are looking into it and will come back to you.
letter-customer-customer-action = Please send us the transaction ID (TXID) of your transfer as your wallet, or the platform you sent from, shows it.
letter-customer-misdirected = The transfer did not reach us. Please check with the wallet or platform you sent from.
letter-customer-inconclusive = We cannot tell yet what became of your transfer and are still checking. Please do not send it a second time.
letter-acts-platform = we do; you need not do anything now
letter-acts-customer = you
letter-acts-sending-platform = you, or the platform you sent from
letter-acts-receiving-platform = the receiving platform
letter-acts-network = nobody: the network carries on by itself
letter-acts-nobody-yet = we are still checking
letter-acts-none = nobody; nothing is left to do
letter-acts = Who acts now
letter-expected = Expected by
letter-kind = Kind
letter-kind-deposit = deposit
letter-kind-withdrawal = withdrawal
letter-txid = Transaction ID (TXID)
letter-network = Network
letter-amount = Amount
letter-contract = Token contract
letter-address = Address paid
letter-source-address = Address that paid
letter-memo = Memo or tag in the transaction
letter-own-memo = The receiver's own memo or tag
letter-output = Output or log index
letter-block = Block
letter-block-hash = Block hash
letter-time = Time
letter-confirmations = Confirmations
letter-confirmations-counted = { $have } (its own block counts as 1)
letter-confirmations-of = { $have } of { SAID($need) }
letter-status = State on the network
letter-explorer = Explorer
letter-proven = Checked by recomputing
letter-support = Confirmed by
letter-by-proven = the chain's own data, recomputed
letter-by-corroborated = two independent sources of the network
letter-by-reported = one source
letter-by-conflicting = sources that contradict each other
letter-state-final = confirmed for good
letter-state-included = in a block
letter-state-failed = in a block, but failed
letter-state-pending = waiting to be included in a block
letter-state-not-found = not found
letter-state-dropped = no longer known to the network
letter-state-replaced = replaced by another transaction
letter-state-orphaned = its block is no longer part of the chain
letter-state-unknown = not known yet
letter-situation-final = The network carries the payment below. It is final and was carried out without failing.
letter-situation-included = The network carries the payment below. It is in a block and not final yet, or its finality was not checked.
letter-situation-failed = The transaction below is in a block, but failed: it moved nothing.
letter-situation-pending = The network knows the transaction below, and no block holds it yet.
letter-situation-not-found = The network does not know the transaction below.
letter-situation-dropped = The transaction below was known once; the network does not know it any more.
letter-situation-replaced = The transaction below was replaced by another one.
letter-situation-orphaned = The block of the transaction below is no longer part of the chain.
letter-situation-unknown = What became of the transfer below could not be told from the network.
letter-amount-told = Amount, as it was told to us
letter-state-none = no transaction is known
letter-situation-none = No transaction identifier is known of the transfer that is missed.
letter-situation-nothing-moved = The transaction below was carried out, but moved nothing to the receiver.
letter-topic-none = For your records
letter-topic-credit = Deposit not credited
letter-topic-memo = Deposit without the right memo or tag
letter-topic-recovery = Recovery of a deposit
letter-topic-state = State of a deposit
letter-topic-watch = Deposit on its way
letter-topic-withdrawal = State of a withdrawal
letter-topic-send = Transfer that has not arrived
letter-topic-misdirected = Transfer to an address that is not the receiver's
letter-topic-off-chain = Transfer inside your platform
letter-topic-receive = Transfer not credited to your user
letter-request-none = Nothing is asked of you; this is for your records.
letter-request-credit = Please credit this deposit, or tell us what still stands in its way.
letter-request-memo = The deposit reached your address without the memo or tag of its receiver. Please assign it, or tell us what you need for that.
letter-request-recovery = Please tell us whether you can recover or credit this deposit, for what fee, and what you need for that.
letter-request-state = Please tell us where this deposit stands, and whether anything is needed from its receiver.
letter-request-watch = Please credit this deposit once it has the confirmations that you require.
letter-request-withdrawal = Please tell us where this withdrawal stands, and its transaction ID (TXID) if that is another one.
letter-request-send = Please check whether this transfer was sent, send it to the network again if it was not carried out, and tell us its transaction ID (TXID) if that is another one.
letter-request-misdirected = Please compare the address that was paid with the order that you were given, and tell us whether the transfer can still be returned.
letter-request-off-chain = No chain carries this transfer. Please tell us to which account of your platform it went, and whether it can be sent over the network instead.
letter-request-receive = Please credit this transfer to your user, or tell us what still stands in its way.
letter-facts = Details
letter-actions = Please also note
letter-reference = Reference
letter-before-sending = Not part of the letter: before you send it
letter-file-at = File it at: { $place }
letter-published = { $desk } has published of such cases: { $note }
letter-add = Add { $item }
ask-txid = the transaction ID (TXID)
ask-network = the network
ask-asset = the coin or token
ask-amount = the exact amount
ask-address = the address that was paid
ask-source-address = the address that paid
ask-memo = your own memo or tag there, with a picture that shows it
ask-time = when it was sent
ask-account = your account there: UID, or the registered e-mail address or telephone number
ask-sending-record = a screenshot of the sending platform's or wallet's record, signed in, with TXID, address and amount
ask-identity-check = a finished identity check of your account there
report-html-title = Payment investigation report
report-html-by = By when
report-html-no-term = no date can be given
report-html-reference = Reference to quote
report-html-path = The path of the payment
report-html-timeline = Timeline (UTC)
report-html-depth = Confirmations
report-html-answer = Answer
report-html-fact = Fact
report-html-sources = Sources
report-html-number = No.
report-html-asked = What was asked
report-html-answered = Time and SHA-256 of the answer
report-html-why = Why there is no answer
report-html-amount = Amount
report-html-from = From
report-html-to = To
report-html-memo = memo { $value }
report-html-output = index { $value }
report-html-contract = token contract
report-html-state = state
report-html-block = block
report-html-fee = network fee
report-html-proof = proof
report-html-explorer = explorer
report-html-candidates = Payments that may be meant
report-html-footer = Every statement on this page follows from the answers listed under Sources. Whoever holds the recorded case can derive it again without network access: txsleuth verify.
report-html-statement = { $answer }: { $fact }
report-html-answer-yes = yes
report-html-answer-no = no
report-html-answer-unknown = unknown
report-html-answer-not-applicable = not applicable
report-html-station-sender = Sender
report-html-station-transaction = Transaction
report-html-station-address = Address
report-html-station-ledger = Ledger
report-html-event-ordered = Withdrawal ordered
report-html-event-broadcast = Sent to the network
report-html-event-sent = Sent, as claimed
report-html-event-block = In a block
report-html-event-completed = Completed in the ledger
report-html-event-detected = Seen by the ledger
report-html-event-credited = Credited
report-html-event-available = Available
report-html-event-claimed = Complaint written
report-html-event-opened = Case opened
report-html-event-look-again = Look again
report-html-event-expected = Change expected

## What a bundle that was handed out lets anybody believe

verify-proven = Proven by the recorded bytes alone, for anybody who computes it again: { $parts } ({ $network } { $txid }).
verify-branch = Not proven: that the recorded block is one of the chain that everybody follows. Compare its hash with a source of your own.
verify-word = Not proven, and told by somebody: { $parts } ({ $network } { $txid }).
verify-word-of = { " " }It is the word of { $services }.
verify-open-state = whether the chain holds it
verify-open-block = which block holds it
verify-open-depth = how many confirmations it has
verify-open-moved = what it moved
verify-nothing = No answer of a chain is here, so that nothing of the letter is proven.
verify-letter = Everything else in the letter is the word of whoever sent it.
verify-texts = Not compared: whether the texts say what letter.json says. They were written by { $tool }, another version than this one; go by letter.json.
verify-unsigned = The files are as their list SHA256SUMS says. Nobody has signed the list: have its hash told to you another way if it matters who wrote it.

## Words that facts are made of; what is none of them stays as it is

value-semicolon = { "; " }
value-deposit = deposit
value-withdrawal = withdrawal
value-network = network
value-address = address
value-time = time
value-unknown = unknown
value-unstated = unstated
value-none = none
value-others = others
value-safe = safe
value-finalized = finalized
value-included = in a block
value-executed = execution
value-moved-value = value moved
value-to-claimant = to the claimant
value-right-asset = asset
value-enough = minimum
value-final = final
value-unlisted-token = unlisted token
value-in-no-block-yet = in no block yet
value-settled-by-the-ledger = settled by the ledger
value-seed-phrase = recovery phrase
value-private-key = private key
value-keystore = keystore file
value-api-key = API key
value-token = token
value-password = password
value-totp-secret = secret of a second factor
value-code = one-time code
value-email = e-mail address
value-phone = telephone number
value-id-number = number of an identity document
value-card = card number

## Why a question has no answer

report-why-not-configured = no source is configured for it
report-why-not-asked = was not asked
report-why-not-offered = does not offer it
report-why-refused = the connection was refused or broke
report-why-timeout = no answer in time
report-why-rate-limited = asked too often, or its quota is used up
report-why-unauthorised = the credentials are missing or not accepted
report-why-server-error = the service failed
report-why-malformed = the answer cannot be read
report-why-too-large = the answer is too large
report-why-redirected = was redirected elsewhere
report-why-mismatch = the answer is about something else
report-why-wrong-chain = follows another chain
report-why-behind = is behind its network
report-why-lacks-history = keeps too little history
report-why-conflicting = sources contradict each other
report-why-not-recorded = was not recorded

## What findings are explained with

explain-signals = What shows it
explain-verdict = What it decides
explain-recoverable = Can the money be had back
explain-recoverable-yes = yes
explain-recoverable-no = no
explain-recoverable-open = depends on the case
explain-certainty = How sure it can be
explain-certainty-note = a note: it does not decide
explain-cases = Recorded cases that show it
explain-title = When a deposit or a withdrawal is missing
explain-intro = Each answer says what happened, who acts, and what you can do. “…” stands for what differs from case to case.
explain-contents = Contents
