# Simplified Chinese. One message for each finding code: the value is the title, `.detail` explains this case,
# `.explain` the code in general, `.act-<audience>` says what somebody has to do, and `.customer` is the title for
# customers where the other one speaks of what is internal.
# Placeholders are the facts of the code's rule; a test holds both together.

## Identity

not-a-transfer-case = { $route ->
        [security] 账户被盗问题，与转账无关
       *[other] 与链上转账无关
    }
    .detail = { $route ->
        [security] 工单称账户被他人使用，未提及任何提币。须先冻结账户，再做核查。
        [access] 工单涉及登录、密码或双重验证（2FA）。
        [identity] 工单涉及身份认证。
        [trading] 工单涉及交易业务：订单、持仓或强平。
        [fiat] 工单涉及银行、银行卡或法币。
       *[other] 工单涉及与其他用户之间的交易（P2P）。
    }
    .explain = 工单描述的事项不在任何链上，也没有提到任何交易，应由其他团队处理。
    .signals = 工单的用词属于其他主题，且不含任何转账的标识。
    .act-support = { $route ->
        [security] 先冻结账户：提币、登录会话和 API Key。然后将工单转交安全团队。
        [access] 将工单转交账户登录团队。
        [identity] 将工单转交身份认证团队。
        [trading] 将工单转交交易业务团队。
        [fiat] 将工单转交法币团队。
       *[other] 将工单转交 P2P 团队。
    }
    .act-customer = { $route ->
        [security] 我们正在将您反馈的情况转交安全团队。请您修改密码、重新绑定双重验证（2FA），并删除您不认识的 API Key。
       *[other] 我们正在将您的问题转交负责的团队。如果您是有转账未到账，请提供该笔转账的交易 ID（TXID）。
    }
txid-malformed = 提供的内容不是完整的交易 ID
    .detail = “{ $given }”为 { $length } 个字符，而交易 ID 应为 64 个。它被截断、输错，或是照图片抄录的；未就此查询任何数据源。
    .explain = 交易 ID 被截断、有错字，或长度、字符集不对。仅凭文本即可判断，无需查询数据源。最常见的原因是钱包界面用“…”省略显示了交易 ID。
    .signals = 所给文本使用了交易 ID 的字符，但长度不符。
    .act-support = 请用户以文本形式提供交易 ID（用钱包的复制按钮复制），或提供区块浏览器链接。
    .act-customer = 请以文本形式提供完整的交易 ID（TXID）。您可以在钱包或交易所中打开该笔转账，点击复制按钮获取。
address-given-instead-of-txid = 提供的是地址，不是交易 ID
    .detail = { $address } 是一个地址，无法据此确定是哪一笔转账。{ $searched ->
        [whole] { $candidates ->
            [none] 检索该地址并回溯至 { $since }，没有找到与所述情况相符的转账。
           *[other] 检索该地址并回溯至 { $since }，找到：{ SAID($candidates) }。
        }
        [part] { $candidates ->
            [none] 检索该地址没有找到相符的转账，但并非全部都能检索到。
           *[other] 检索该地址，找到：{ SAID($candidates) }；但并非全部都能检索到，可能还有其他转账。
        }
       *[no] 未检索该地址。
    }
    .explain = 提供的内容是地址格式。系统会检索转入该地址的转账；若恰好只有一笔与所述情况相符，则按该笔转账判定。
    .signals = 在应填交易 ID 的位置给出的文本具有地址的格式。
    .act-support = 请用户提供转入该地址的那笔转账的交易 ID。
    .act-customer = 您提供的是一个地址。请提供您这笔转账的交易 ID（TXID）。
found-by-address = 未提供交易 ID，已通过检索找到交易
    .detail = 未提供交易 ID。{ $list ->
        [ledger] 在账务系统中该账户的记录里，恰有一笔与所述情况相符：{ $txid }。
       *[addresses] 在 { $network } 上转入 { $address } 的转账中，恰有一笔与所述情况相符：{ $txid }。
    }{ $aside ->
        [0] 后续按该笔核查。
        [one] 另有一笔也相符，但账务系统已处理完毕。后续按尚未处理完毕的那笔核查。
       *[other] 另有 { $aside } 笔也相符，但账务系统已处理完毕。后续按尚未处理完毕的那笔核查。
    }
    .explain = 没有交易 ID 时，会检索所述地址或用户账户名下地址收到的转账；账务系统能列出该账户的记录时，也会一并查阅。已全部检索完毕，有一笔在币种、数量和时间上与所述情况相符。
    .signals = 所查的转账列表覆盖整个时间段，其中只有一笔未了结的转账相符。
several-candidates = 有 { $count } 笔转账可能是用户所指的那笔
    .customer = 我们找到了不止一笔可能属于您的转账
    .detail = 未提供交易 ID，且有多笔转账或记录与所述情况相符：{ SAID($candidates) }。
    .explain = 检索所述地址、用户账户名下的地址或账务系统中该账户的记录后，找到不止一笔在币种、数量和时间上相符的转账。究竟是哪一笔未到账，只有用户能说明。
    .signals = 所查的转账和记录列表中有多笔与所述相符。
    .act-support = 将列出的转账与用户的描述逐一比对，并用交易 ID 核查所指的那笔；没有交易 ID 的，用记录编号核查。已入账的一般不会是用户要找的那笔。
    .act-customer = 我们找到了不止一笔可能属于您的转账。请提供未到账那笔的交易 ID（TXID），您可以在钱包或转出平台的历史记录中查看。
internal-id-given = 编号“{ $given }”在工单系统和账务系统中均查不到
    .customer = 您提供的编号在我们这里查不到
    .detail = “{ $given }”不是交易 ID，我方也没有该编号的工单、充值或提币记录。它可能是转出平台自己的订单号。
    .explain = 提供的是其他机构的订单号、提币单号或工单号，只有签发方能查询。
    .signals = 所给文本具有记录编号的格式，所问的各方都查不到。
    .act-support = 请用户提供转出平台上该订单显示的交易 ID。
    .act-customer = 您提供的是转出平台自己的编号。请提供该平台为这笔转账显示的交易 ID（TXID）。
off-chain-transfer = “{ $given }”是转出平台的站内转账，不在任何链上
    .detail = 转出平台在交易 ID 的位置写的是“{ $given }”：即在该平台自己的两个账户之间划转了余额，链上没有可查的内容。
    .explain = 同一平台账户之间的转账只记在该平台的账务系统中。其代替 TXID 显示的内容会用文字注明，后面跟着平台自己的编号。
    .signals = 代替交易 ID 给出的内容用文字注明是内部转账。
    .act-support = 告知用户资金仍在转出平台：收款方是该平台的另一个账户。
    .act-customer = 这笔转账是转出平台在其内部账目中完成的，转给了该平台的另一个账户，从未离开该平台；请您联系该平台客服，并提供“{ $given }”。
no-txid-given = 没有可查询的交易 ID
    .detail = 输入内容和工单中都没有交易 ID。{ $searched ->
        [whole] { $candidates ->
            [none] 检索该用户的转账并回溯至 { $since }，没有找到已上链且与所述情况相符的转账。
           *[other] 检索该用户的转账并回溯至 { $since }，找到：{ SAID($candidates) }。
        }
        [part] { $candidates ->
            [none] 检索该用户的转账没有找到相符的，但并非全部都能检索到：转账仍可能存在。
           *[other] 检索该用户的转账，找到：{ SAID($candidates) }。但并非全部都能检索到，可能还有其他转账。
        }
       *[no] 没有可用于检索的线索。
    }
    .explain = 没有可用来确定转账的信息。系统会在所述时间前后，检索所述地址、用户账户名下的地址以及账务系统中该账户的记录（如有）：没有相符的，或者并非全部都能检索到。
    .signals = 诉求和账务系统都没有给出交易，搜索也没有得到唯一的转账。
    .act-support = 请用户提供交易 ID。如有地址、账户和时间，可用“txsleuth find”列出可能的转账。
    .act-customer = 请提供您这笔转账的交易 ID（TXID），您可以在钱包或转出平台的历史记录中查看。
txid-normalised = 交易 ID 已修正：{ $txid }
    .detail = 已去除或更正链接、空格、不可见字符或全角字符、前缀、大写字母，或交易 ID 后面的序号。实际查询的是 { $txid }。
    .explain = 输入内容不是纯交易 ID，但其中恰好含有一个。所有数据源都按修正后的形式查询。
    .signals = 所给文本与从中读出的交易 ID 不同。
txid-byte-reversed = 提供的交易 ID 字节顺序颠倒了
    .detail = { $given } 是 { $txid } 按字节反转后的形式。后续按后者核查。
    .explain = 程序内部保存 Bitcoin 交易 ID 的字节顺序与人们看到的相反。从数据库导出或自编程序得到的 ID 可能是颠倒的；颠倒的形式没有数据源查得到，反转之后则有数据源查得到。
    .signals = 查到的交易 ID 与所给内容的字节顺序相反。
block-hash-given = 提供的是区块，不是交易
    .detail = 提供的内容是 { $network } 的区块 { $height }。一个区块包含很多笔交易，无法据此确定是哪一笔。
    .explain = 区块浏览器会在交易哈希旁边显示区块哈希。有数据源查到该哈希对应的区块，而没有数据源查到该哈希对应的交易。
    .signals = 有数据源以该哈希给出区块，而没有任何数据源给出交易。
    .act-support = 请用户提供交易 ID；在区块浏览器中，它显示在转账页面，而不是区块页面。
    .act-customer = 您提供的是一个区块的哈希，一个区块包含很多笔转账。请提供您自己这笔转账的交易 ID（TXID）。
user-operation-hash-given = 提供的是智能账户的操作哈希
    .detail = { $given } 是一个 ERC-4337 用户操作（UserOperation）的哈希。它由交易 { $txid } 执行，后续按该交易核查。
    .explain = 智能账户把操作交给打包器（bundler），由其将多个操作合并到一笔交易中。这类钱包显示的是操作哈希；区块浏览器和交易所只认交易哈希。
    .signals = 打包者入口合约的事件给出了该哈希及其所属交易。
wtxid-given = 提供的是交易的见证哈希（wtxid）
    .detail = { $given } 是交易 { $txid } 的见证哈希，后续按该交易核查。
    .explain = 带见证数据的 Bitcoin 交易有两个哈希，区块浏览器和交易所使用的是另一个。通过逐一计算该用户地址所收交易的见证哈希，确定了它属于哪笔交易。
    .signals = 由交易字节算出的见证哈希就是所给的值，而交易 ID 是另一个。
message-hash-given = 提供的是消息哈希
    .detail = { $given } 是消息哈希，不是交易哈希。交易 { $txid } 接收或发出了这条消息，后续按该交易核查。
    .explain = 在 The Open Network 上，钱包和区块浏览器显示的是发起转账的那条消息（有两种形式），或其后续消息之一。每个接收消息的账户都会产生一笔有自己哈希的交易。
    .signals = 索引器给出了该哈希对应的消息，以及接收它的交易。
safe-tx-hash-given = 提供的是 Safe 多签所有者的签名哈希
    .detail = 提供的内容是 Safe 对其所有者所签内容自行计算的哈希。在 { $network } 上，由交易 { $txid } 执行。
    .explain = Safe（多签钱包）显示的是所有者签名的哈希，它不是链上交易；实际执行的交易另有哈希，Safe 的事件中会列出。
    .signals = 某个 Safe 合约的事件表明它执行了所给的哈希。
    .act-support = 核查 { $txid }，并请用户确认这就是他们所指的转账。
    .act-customer = 您提供的是您 Safe 钱包所有者签名的哈希。请提供实际执行的交易 ID（TXID）；看起来应为 { $txid }。
testnet-transaction = 仅存在于测试网 { $network }
    .detail = 该交易在测试网 { $network } 上，任何主网上都没有。测试网的币没有价值。
    .explain = 转账发生在开发者用于测试的网络上。测试币可以免费领取，一律无法入账。假冒的“测试 USDT”是常见骗局。
    .signals = 测试网的数据源查到该交易，而主网的数据源均答复没有。
    .act-support = 向用户说明转出的币没有价值；了解是否有人把测试网的币卖给了用户。
    .act-customer = 这笔交易发生在测试网上，测试网的币没有价值，因此无法入账。如果有人用它向您付款，请您提高警惕：这是一种已知的骗局。
transaction-not-found = { SAID($networks) } 上不存在该交易
    .customer = 网络上查不到这个交易 ID
    .detail = 凡是有条件查到 { $txid } 的数据源，都表示它在 { SAID($networks) } 上不存在。{ $ledger ->
        [asked] 账务系统中也没有记录。
       *[none] 没有账务系统作出答复。
    }最常见的情况是转出方尚未发出，或者该交易 ID 属于其他网络。
    .explain = 在该交易 ID 可能所属的每个网络上，两个有条件看到该交易的独立数据源（或一个数据源加上查无记录的账务系统）都表示它不存在。它从未发出，或者交易 ID 有误。
    .signals = 在每个网络上，两家运营方的数据源答复不存在，或一家答复不存在且账务系统无记录。
    .act-support = 将交易 ID 与用户的截图比对；询问是通过哪个网络、从哪个平台转出的。
    .act-customer = 网络上查不到这个交易 ID。请您向转出钱包或平台确认转账是否已实际发出，并提供其显示的交易 ID。
not-found-unproven = 所查数据源均查不到该交易，但这不能证明它不存在
    .customer = 我们暂时还没有在网络上查到您的转账
    .detail = 在 { SAID($networks) } 中作出答复的数据源都查不到 { $txid }。{ $unserved ->
        [none] 查询的合格数据源太少，不足以断定它不存在。
       *[other] 它可能是 { SAID($unserved) } 上的交易，而该网络未配置数据源。
    }
    .explain = 有数据源表示“未找到”，但要断定不存在，需要在该交易 ID 可能所属的每个网络上都有两个独立的合格数据源（或一个数据源加上查无记录的账务系统）。单个节点可能刚重启过、数据已裁剪，或连接的是别的网络。
    .signals = 有一个不存在的答复，但没有独立的佐证。
    .act-support = 为该网络配置第二个独立数据源，用 --network 指定网络，然后重新核查。

dropped = { $lapsed ->
        [yes] 已过有效期且没有被打包进任何区块：不可能再到账
       *[no] 曾经查得到，现在没有数据源查得到
    }
    .customer = 网络上已没有您的这笔转账
    .detail = { $lapsed ->
        [yes] { $txid } 自身规定了可被打包的期限。链上已不可逆的部分超过了该期限，其中并不包含它。
       *[no] 账务系统有 { $txid } 的记录，或有数据源曾见过它，但网络上已查不到：它在打包前就被移出，或者所在区块被回滚。
    }
    .explain = 曾有人见过该交易（账务系统自己的记录，或数据源对内存池的记忆可以证明），而合格的数据源现在都查不到。币已回到转出方手中，除非该交易再次被发出。如果交易自身规定了可被打包的期限，而不可逆的区块已超过该期限，则它不可能再到账。
    .signals = 有记录或数据源记得它，而现在的答复都是没有；或者不可逆的区块已超过其有效期限。
    .act-support = { $lapsed ->
        [yes] 不要入账。告知用户需要重新转账；原来那笔不会再另外到账。
       *[no] 不要入账。告知用户需要再次发送，并且只有使用相同的币或相同 nonce 的转账，才能避免原来那笔也到账。
    }
    .act-customer = { $lapsed ->
        [yes] 网络没有在有效期内处理您的转账，今后也不会再处理，资金从未离开转出方。请您重新转账，或请转出平台重新发送。
       *[no] 网络上已不再有您的这笔转账，资金已回到转出方。请您通过转出钱包或转出平台，重新发送或替换这同一笔转账；如果另外新发一笔，可能会重复支付。
    }

## Execution

replaced-same-destination = 已被同一笔转账的新版本替换
    .detail = { $replaced } 已被 { $txid } 替换，后者仍转给该用户。后续按新的那笔核查。
    .explain = 转出方提高了手续费：另一笔交易花费了相同的币或使用了相同的 nonce，收款方仍是该用户。两笔中只有一笔能上链。备注中列出两个交易 ID，以免误当成两笔转账。
    .signals = 数据源或账务系统给出了花费相同输入或 nonce 的另一笔交易，其转账到达同一收款方。
replaced-unjudged = 提供的交易已被替换；新交易应转给谁尚不清楚
    .detail = { $replaced } 已被 { $txid } 替换。没有该用户的地址，也没有账务系统，无法判断是否为同一笔转账；后续按新的那笔核查。
    .explain = 另一笔交易取代了提供的这笔，但没有可与其收款方比对的信息。提供地址或账户即可判定。
    .signals = 数据源或账务系统给出了花费相同输入或 nonce 的另一笔交易，但没有可比对的地址。
replaced-elsewhere = { $txid ->
        [unknown] 其 nonce 已被另一笔交易使用，不可能再上链
       *[other] 已被替换，新交易没有转给该用户
    }
    .customer = 您的转账已被另一笔转账替换
    .detail = { $txid ->
        [unknown] 同一转出方的另一笔交易使用了 { $replaced } 的 nonce。数据源没有给出是哪一笔，因此不清楚转给了谁：有可能是提高手续费后的同一笔转账。
       *[other] { $replaced } 已被 { $txid } 替换，后者使用了原交易要用的币或 nonce，且没有转给该用户。{ $state ->
            [included] { $still_possible ->
                [no] 新交易已最终确认，原交易不可能再上链。
               *[unknown] 新交易已上链但尚未最终确认：在此之前，原交易仍可能恢复。
            }
           *[pending] 新交易自身也在等待打包；原交易已无节点转发。
        }
    }
    .explain = 交易被取消或被抢先：另一笔交易花费了相同的币，或使用了转出方的同一 nonce。两笔中只有一笔能上链。当另一笔已最终确认，或同一个数据源既已最终确认了更靠后的 nonce、又查不到原交易时，即可确定原交易不会再到账。如果已知是哪一笔，则它没有转给该用户；如果数据源给不出是哪一笔，则须由转出方说明。
    .signals = 相同的输入或 nonce 被另一笔未到达该用户的交易使用，或转出方已最终确认的交易数已超过该 nonce。
    .act-support = { $txid ->
        [unknown] 不要按该交易 ID 入账。请转出方提供取代它的交易，并核查那一笔。
       *[other] 不要按该交易 ID 入账。告知用户取代它的是哪一笔交易。
    }
    .act-customer = { $txid ->
        [unknown] 转出方已将这笔转账的序号（nonce）用于另一笔转账，因此这笔转账不会再执行。请提供您的钱包或转出平台现在为该笔转账显示的交易 ID（TXID）。
       *[other] { $state ->
            [included] { $still_possible ->
                [no] 这笔转账在被网络打包之前已被取消或替换，因此不会到账。请您向转出钱包或平台确认资金的去向。
               *[unknown] 这笔转账很可能已被取消或被另一笔替换。请您向转出钱包或平台确认，在确定之前请勿再次转账。
            }
           *[pending] 这笔转账已被另一笔替换，而新的那笔没有转到您的充值地址。请您先向转出钱包或平台确认，在此之前请勿再次转账。
        }
    }
nonce-gap = 正在等待转出方一笔尚未发出的前序交易
    .detail = 它的 nonce 为 { $nonce }，而转出方下一笔应执行的是 { $next }。在它之前必须先执行的 { $missing } 号，在 { $network } 上没有已知交易使用。在此之前，无论付多少手续费都无法打包。
    .explain = 同一账户的交易按 nonce 顺序执行。缺少前面的某一笔：它被丢弃、替换有误，或从未发出。
    .signals = 按数据源的计数，交易的 nonce 大于转出方的下一个 nonce。
    .act-support = 告知用户需要先补上哪些 nonce：从 { $next } 开始，其中包括 { $missing }。只有转出方能补。
    .act-customer = 您的转账正在等待同一钱包更早的一笔转账（序号 { $missing }），而网络上查不到那一笔。请您在钱包中发送或重发那一笔，或请转出平台处理。
pending-low-fee = 手续费低于当前市场水平，正在等待 { $network } 打包
    .detail = 它支付的是 { $fee_rate } { $unit }，而当前市场水平为 { $going_rate } { $unit }。{ $unit ->
        [gwei] 转出方可以用相同 nonce、更高价格的交易替换它。
       *[other] { $replaceable ->
            [yes] 转出方可以用手续费更高的交易替换它。
           *[no] 它没有声明可被替换；尽管如此，很多节点仍接受替换。
        }{ $child ->
            [platform] 平台可以自行加速：以高手续费花费该用户地址上的这笔输出（CPFP，子交易为父交易付费）。
           *[receiver] 持有其任一输出的一方，可以用子交易为它付费。
        }
    }
    .explain = 网络已收到该交易但没有打包，因为其他交易付得更多：在 Bitcoin 上，其每虚拟字节的聪数低于未来一小时的估算费率；在 EVM 网络上，其最高价格低于基础费（base fee）。手续费回落时仍可能被打包。只有转出方能提高手续费（用相同输入或相同 nonce 替换）；别人转来的充值，平台无法加速，除非以高手续费花费自己地址上的那笔输出。
    .signals = 交易在内存池中，其费率或最高价格低于数据源目前要求的水平。
    .act-support = { $stuck ->
        [yes] 等待时间已超过手续费通常回落所需的时间。须由转出方提高手续费，或在该交易被丢弃后重新发送。
       *[no] 告知用户手续费偏低，几小时后再查。
    }
    .act-customer = { $stuck ->
        [yes] 由于网络手续费过低，这笔转账已等待很久。请您通过转出钱包或转出平台提高手续费。请勿更改收款地址。
       *[no] 由于网络手续费偏低，这笔转账正在等待。您可以等待手续费回落，或者在转出钱包支持的情况下提高手续费。请勿更改收款地址。
    }
unconfirmed-ancestor = 正在等待{ $count ->
        [one] 另一笔
       *[other] 另外 { $count } 笔
    }尚未上链的交易
    .detail = 它花费的是转出方{ $count ->
        [one] 另一笔交易
       *[other] 另外 { $count } 笔交易
    }的输出，而 { $network } 尚未打包{ $count ->
        [one] 那一笔
       *[other] 上述交易
    }。父交易须先上链。
    .explain = 该交易花费的输出来自仍在内存池中等待的交易。它不可能先于这些交易被打包，这些交易的手续费也会一并计算。
    .signals = 交易的某个输入是另一笔仍在内存池中的交易的输出。
    .act-support = 等待后再查。如果前序交易手续费偏低，转出方可以提高其手续费。
    .act-customer = 您的转账正在等待同一转出方更早的一笔转账被打包。您无需进行任何操作。
pending = 已发出，正在等待 { $network } 打包
    .detail = { $network } 网络已收到该交易，但尚未被打包进任何区块。{ $overdue ->
        [yes] 等待时间已超过通常水平，但没有迹象表明手续费过低。
       *[no] { $minutes ->
            [unknown] 其手续费水平尚不清楚。
            [one] 其手续费足以在一分钟内被打包。
           *[other] 其手续费足以在约 { SAID($minutes) } 分钟内被打包。
        }
    }
    .explain = 该交易在某个与网络同步的数据源的内存池中。能否打包取决于手续费；目前没有异常。
    .signals = 与网络同步的数据源有该交易，但没有给出所在区块。
    .act-support = { $overdue ->
        [yes] 应由转出方将同一笔交易重新广播，或提高其手续费；另发一笔可能会重复支付。
       *[no] 等待后再查。如果数小时仍未确认，转出方可以提高手续费。
    }
    .act-customer = { $overdue ->
        [yes] 您的转账等待网络处理的时间已超过通常水平。请您通过转出钱包或转出平台将这笔转账重新广播，请勿另外再转一笔。
       *[no] 您的转账已发出，正在等待网络打包。您无需进行任何操作。
    }
reorged-out = 所在区块已不属于 { $network } 主链
    .customer = 您的转账正在重新确认
    .detail = 该交易曾在 { $network } 的一个区块中，而该区块已被另一个区块取代。通常很快会再次被打包。
    .explain = 区块重组后，该交易所在的区块已不在最优链上。交易会回到内存池，或被另一笔取代。
    .signals = 曾经给出的所在区块，已不是数据源目前在该高度上的区块。
    .act-support = 稍后再查。在重新上链之前不要入账。
    .act-customer = 网络对最近的区块进行了重组；您的转账通常会自动重新确认。
execution-failed = 已上链（{ $network } 区块 { $height }），但执行失败（{ SAID($reason) }）
    .detail = 该交易在 { $network } 的区块 { $height } 中，但执行失败：{ SAID($reason) }。执行失败不会转移任何资产：资金从未离开转出方，只消耗了网络手续费。
    .explain = 交易已被打包，但回执状态为失败。“out-of-gas”表示 gas limit 已用尽；Tron 上的“out-of-energy”表示转出方能量不足或手续费上限（fee limit）过低；“reverted”表示被合约拒绝。无论调用数据写了什么，都没有发生转移。
    .signals = 回执或链上给出的交易结果为失败。
    .act-support = 告知用户：因为没有实际转出，所以没有到账；须由转出方重新转账。
    .act-customer = 您的转账已被网络处理但执行失败，资金仍在转出方。请您重新转账，或请转出平台重新发送。
inner-call-failed = 交易执行成功，但其中的转账失败
    .detail = { $way ->
        [safe] 本应付款的 Safe 报告其调用失败（ExecutionFailure）：它在 { $network } 上的交易本身成功，但资金从未离开该 Safe。
        [user-operation] 智能账户的操作在 { $network } 上一笔整体成功的打包交易中失败：资金从未离开该账户。
       *[call] 在 { $network } 的这笔交易中，转给该用户地址的内部调用失败或被代币拒绝，但没有导致整笔交易失败。资金从未离开转出方。
    }
    .explain = 由合约代为付款，失败未向外抛出：Safe、智能账户（ERC-4337）、允许部分失败的批量转账，或返回 false 而不报错的代币。区块浏览器会把外层交易显示为成功。
    .signals = 回执为成功，而事件或调用跟踪显示内部付款失败。
    .act-support = 不要入账。资金仍在转出方，须由其重新转账。
    .act-customer = 交易已执行，但其中的转账失败，资金从未离开应转出的钱包或平台。请您重新转账，或请转出平台重新发送。
bridge-crossed = 已通过跨链桥从 { $from } 到达 { $network }
    .detail = { $from } 上的 { $source } 将资金交给通往 { $network } 的跨链桥，由 { $txid } 在该网络执行。后续按后者核查。
    .explain = 提供的交易是 Rollup 官方桥（canonical bridge）源链一侧的交易。另一侧由哪笔交易执行，可由跨链桥的事件推出；已在另一侧找到该交易，并以它作为判定对象。备注中列出两个交易 ID。
    .signals = 跨链桥合约的事件指向另一侧的交易，且那里的数据源查得到。
bridge-leg-unnamed = 已在 { $network } 执行，但具体是哪笔交易尚待确认
    .detail = { $way ->
        [withdrawal] { $source } 已通过官方桥从 { $from } 转出，{ $network } 上的跨链桥合约表明该笔已在该网络最终执行。由哪笔交易执行，无法从现有信息推出。
       *[other] { $source } 已将资金交给跨链桥，{ $network } 上的跨链桥合约表明其消息已执行。由哪笔交易执行，无法从现有信息推出。
    }
    .explain = Rollup 官方桥（canonical bridge）在另一侧的合约表明消息已执行，但没有说明由哪笔交易执行：领取提款或重试失败调用的人，都是用自己的交易完成的。有了那笔交易即可判定。
    .signals = 另一侧的合约答复消息已执行，但没有给出交易。
    .act-support = 请用户提供在 { $network } 上领取（Claim）的交易 ID（TXID），并核查那一笔。
    .act-customer = 您的跨链桥转账已在 { $network } 执行。请提供在该网络领取（Claim）时的交易 ID（TXID），您可以在所用的跨链桥上查看。
bridge-incomplete = { $way ->
        [withdrawal] 正从 { $from } 转出：尚未在 { $network } 领取
        [redemption] 停留在 { $network }：可重试票据（retryable ticket）未被赎回
        [relay] 已通过跨链桥到达 { $network }，但在该网络的调用失败
       *[other] 正通过跨链桥从 { $from } 前往 { $network }
    }
    .detail = { $way ->
        [withdrawal] { $source } 已通过官方桥从 { $from } 转出。根据 { $network } 上跨链桥合约的状态，尚未在该网络最终执行：转出方须先提交证明（Prove），等待挑战期结束（约 7 天），再领取（Claim）。
        [redemption] { $source } 在 { $network } 上创建了可重试票据，但自动赎回失败或从未发生。票据创建后 7 天内任何人都可以赎回；逾期票据失效，其中的代币可能丢失。
        [relay] { $source } 已将存入的资金带到 { $network }，但应在该网络付款的调用失败。资金停留在跨链桥的消息合约中，任何人都可以重试该调用。
       *[other] { $source } 已将资金交给 { $from } 上的跨链桥合约。在 { $network } 上应由 { SAID($leg) } 执行，而该网络的数据源表示它尚不存在。
    }
    .explain = 资金已通过 Rollup 官方桥（canonical bridge）转出：以配置的跨链桥合约事件为准，其他合约发出的相同事件一律不算。根据已同步到其后的数据源，另一侧尚未执行。存入 Rollup 需要数分钟。Arbitrum 上赎回失败的可重试票据有效期为 7 天，任何人都可以赎回。从 Rollup 提款约需 7 天，须由转出方提交证明并领取。
    .signals = 跨链桥合约的事件显示资金已离开，而另一侧答复尚未执行。
    .act-support = { $way ->
        [withdrawal] 不要入账：尚未到达 { $network }。转出方领取后，请其提供在 { $network } 上领取的交易 ID（TXID）。
        [redemption] 紧急：告知用户该票据自创建起 7 天后失效，可在 Arbitrum 官方的可重试票据页面赎回。
        [relay] 不要入账：告知用户可以在跨链桥中重新发送该消息，并请其提供重发的交易 ID（TXID）。
       *[other] 等待。之后可用同一交易 ID 再次核查，届时会自动找到另一侧的交易。
    }
    .act-customer = { $way ->
        [withdrawal] 您的转账已离开 { $from }，正在跨链桥中等待。请您打开所用的跨链桥领取这笔提款：须先提交证明（Prove），再等待约 7 天，之后即可在 { $network } 上领取（Claim）。请将领取的交易 ID（TXID）提供给我们。
        [redemption] 您的转账以待赎回票据的形式停留在 { $network }。请您打开所用的跨链桥尽快赎回：票据自创建起 7 天后失效。然后请将赎回的交易 ID（TXID）提供给我们。
        [relay] 您的转账已到达 { $network }，但跨链桥的最后一步失败。请您打开所用的跨链桥重试该步骤，并提供其交易 ID（TXID）。
       *[other] 您的转账正通过跨链桥前往 { $network }。通常需要几分钟，您无需进行任何操作。
    }
approval-not-transfer = 这是授权，不是转账
    .detail = 这笔 { $network } 上的交易授权他人动用代币，本身没有转移代币。
    .explain = 该交易只记录了授权（Approval），没有转账。钱包在兑换或存入合约之前会要求授权；付款本身是另一笔交易。
    .signals = 回执的事件中有授权而没有转账。
    .act-support = 请用户提供实际付款的交易；这笔只是授权。
    .act-customer = 您提供的交易是一笔授权，没有转移任何币。请提供转账本身的交易 ID。
nft-not-coin = 转移的不是币
    .detail = 这笔 { $network } 上的交易转移的是 NFT 或多类型代币（multi-token），没有转移任何币，也没有转移已上线的代币。
    .explain = 回执记录了 EIP-721 或 EIP-1155 的转移，没有币的转账。此类资产不作为充值入账。
    .signals = 回执的事件中有 EIP-721 或 EIP-1155 转移，而没有币的转账。
    .act-support = 告知用户转移的是 NFT；确认平台是否接受 NFT。
    .act-customer = 您提供的交易转移的是 NFT，不是币。请提供未到账那笔转账的交易 ID。
no-value-moved = 该交易没有转移任何资产
    .detail = 它在 { $network } 上执行且未失败，但没有任何币或代币易手。
    .explain = 交易成功，但金额为零，也没有代币记录大于零的转账。授权、合约调用和零金额转账都是这种情况。
    .signals = 交易已执行，金额为零，且没有任何事件转移数量。
    .act-support = 请用户提供实际付款的交易；这笔不是。
    .act-customer = 您提供的交易没有转移任何币。请提供转账本身的交易 ID。

## Destination

burn-address = 转到了无人持有私钥的地址（黑洞地址）
    .detail = 这笔 { $network } 上的转账转到了 { $address }，这是用于销毁币的地址。
    .explain = 收款地址是零地址，或由字词拼成的地址。不可能有人持有其私钥，转入的币会永远留在那里。程序漏填收款方时会转到零地址。
    .signals = 收款方是零地址，或在无私钥地址名单上。
    .act-support = 告知用户无法入账，也无法找回。
    .act-customer = 您的转账转到了 { $address }，该地址没有任何人持有私钥。我们或其他任何人都无法找回。
token-contract-address = 代币转到了代币自身的合约
    .detail = 这笔 { $network } 上的转账转到了 { $address }，即该代币自身的合约。转入的代币会留在那里，除非发行方能够退回。
    .explain = 收款方是记录该代币余额的合约，通常是因为复制了合约地址而不是充值地址。
    .signals = 代币转账的收款方就是该代币自己的合约。
    .act-support = 请用户联系代币发行方；部分发行方能够退回此类代币。
    .act-customer = 您的代币转到了其自身的合约 { $address }，而不是您的充值地址。我们无法动用这些代币；请您向代币发行方咨询能否退回。
address-typo = 收款地址与该用户地址仅差几个字符
    .customer = 您的转账转到了与您的充值地址略有差别的地址
    .detail = 这笔 { $network } 上的转账转到了 { $address }。该用户的地址是 { SAID($expected) }；两者最多相差三个字符。
    .explain = 收款地址不属于平台已知的任何人，与用户自己的地址相差不超过三处改动。在地址没有校验码或校验码被忽略的网络上，手误会得到另一个有效地址。
    .signals = 收款地址与该用户的地址至多相差三处，且账务系统不认识它。
    .act-support = 将两个地址并排展示给用户；我方无法入账，也无法找回。
    .act-customer = 您的转账转到了 { $address }。您的充值地址是 { SAID($expected) }：请您逐个字符核对。实际收款的地址不属于我们，因此我们无法找回这笔转账。
look-alike-address = 收款地址只是与该用户地址相似
    .customer = 您的转账转到了只是与您的充值地址相似的地址
    .detail = 这笔 { $network } 上的转账转到了 { $address }。该用户的地址是 { SAID($expected) }：首尾一致，中间不同。
    .explain = 收款地址首尾与用户地址一致，中间不同。此类地址是刻意生成并留在钱包历史记录中，诱使人误复制的。
    .signals = 收款地址首尾与该用户的地址相同而中间不同，且账务系统不认识它。
    .act-support = 将两个地址并排展示给用户；我方无法入账，也无法找回。
    .act-security = 登记该相似地址；其他人可能也收到过它的转账。
    .act-customer = 您的转账转到了 { $address }，它与您的充值地址 { SAID($expected) } 看起来相似，但不是同一个地址。请您只从账户中复制地址，切勿从钱包历史记录中复制。
address-checksum-bad = 提供的地址校验不通过：{ $address }
    .detail = { $address } 中有字符错误，或大小写被改动。按原样进行比对。
    .explain = 提供的地址内含的校验码不符：EIP-55 大小写、base58check 或 bech32。地址输错或被改动过。
    .signals = 诉求中的地址未通过自身的校验码。
address-not-ours = { $scope ->
        [account] 收款地址不属于本账户
       *[other] 收款地址不属于本平台
    }
    .customer = 您的转账转到了不属于我们的地址
    .detail = 这笔 { $network } 上的转账到达了 { $address }。{ $scope ->
        [account] 该交易的任何结果都没有到达本账户的地址；平台是否把该地址分配给了他人，凭本账户的密钥无法得知。
       *[other] 该交易的任何结果都没有到达该用户或平台的地址。
    }
    .explain = 交易成功，但根据账务系统，没有任何收款方是平台的地址；账务系统是交易所的一个账户时，没有任何收款方是该账户的地址；或者在没有账务系统的情况下，没有任何收款方是所提供的地址。
    .signals = 账务系统对每个收款地址都答复不是自己的；没有账务系统时，都不是所述地址。
    .act-support = 与当时展示给用户的地址比对。{ $scope ->
        [account] 无法入账到本账户；平台是否认识该地址，须向平台询问。
       *[other] 我方无法入账，也无法找回。
    }
    .act-customer = 您的转账转到了 { $address }，该地址不属于{ $scope ->
        [account] 本账户
       *[other] 我们
    }。只有该地址的持有人才能退回；请您核对该地址是从哪里复制的。
other-customer-address = 已到达平台，但进入了其他用户的地址
    .customer = 您的转账已到达平台，但没有进入您的充值地址
    .detail = 转账到达了 { $address }，账务系统显示该地址已分配给其他用户。切勿透露是谁。
    .explain = 收款方是平台的充值地址，但分配给了另一个账户。资金在平台手中，由平台决定如何处理。
    .signals = 账务系统答复收款地址是发放给另一账户的。
    .act-support = 升级处理以便更正；不得透露另一账户的任何信息。
    .act-compliance = 在账户之间划转任何资金之前，先确认转出方对这笔转账的所有权。
    .act-customer = 您的转账已到达我们平台，但进入的地址不是分配给您账户的。我们正在核查如何更正。
sub-account-address = 到达了同一用户的另一个账户
    .customer = 您的充值进入了您的另一个账户
    .detail = 转账到达了 { $address }，这是该用户另一个账户的充值地址。
    .explain = 账务系统显示，收款账户与提交工单的账户同属一个用户：子账户或主账户。
    .signals = 账务系统的地址记录中，上级账户也是该用户的上级账户。
    .act-support = 告知用户充值在其哪个账户中，或按正常流程安排划转。
    .act-customer = 您的充值到达了您另一个账户的充值地址。请您在该账户中查看，或联系我们划转。
memo-missing = 已到达平台，但缺少标明归属的 Memo/标签
    .customer = 您的转账已到达平台，但没有填写 Memo/标签
    .detail = 转账到达了 { $network } 上的 { $address }，这是多个用户共用的地址，且未填写 Memo 或标签。{ $expected ->
        [unknown] 该用户自己的 Memo 尚不清楚。
       *[other] 该用户自己的 Memo 是 { SAID($expected) }。
    }
    .explain = 在多个用户共用的地址上，只有 Memo、标签或备注能说明转账属于谁。这笔没有填写，因此无法自动入账；资金在平台手中。
    .signals = 账务系统表示该地址需要 Memo，而链上的转账没有。
    .act-support = 提交至无 Memo 充值找回流程：确认没有其他人认领该 TXID，并请用户提供转出记录。
    .act-customer = 您的转账已到达我们平台，但没有标明归属的 Memo 或标签。请您提交找回申请，并附上 TXID、转出记录和您自己的 Memo；切勿为了尝试而再转一笔。
memo-unreadable = 备注无法读取
    .detail = 转到 { $network } 上 { $address } 的这笔转账带有加密或非文本的备注，无法说明转账属于谁。
    .explain = 有的钱包会为收款方加密备注，有的程序会在备注处写入数据。两者都不是交易所扫块程序能读取的 Memo。
    .signals = 转账在 Memo 位置携带的数据是加密的或不是文本。
memo-wrong = 已到达平台，但 Memo/标签不是该用户的
    .customer = 您的转账已到达平台，但填写的 Memo/标签不是您的
    .detail = 转账到达了 { $network } 上的 { $address }，这是多个用户共用的地址，所填 Memo 为 { $given }。{ $owner ->
        [another] 账务系统显示该 Memo 已分配给其他用户。切勿透露是谁。
        [nobody] 账务系统显示该 Memo 未分配给任何人。
       *[unknown] 账务系统没有说明该 Memo 属于谁。
    }{ $near ->
        [form] 它是该用户 Memo { SAID($expected) } 的另一种写法：多了空格、文字、前导零或特殊字符。
        [slip] 它与该用户的 Memo { SAID($expected) } 只差一两个字符。
        [none] 该用户自己的 Memo 是 { SAID($expected) }。
       *[unknown] 该用户自己的 Memo 尚不清楚。
    }
    .explain = 在多个用户共用的地址上，只有 Memo、标签或备注能说明转账属于谁。这笔所填的属于别人或不属于任何人，因此没有为该用户入账；资金在平台手中。
    .signals = 转账的 Memo 与账务系统中该用户地址的记录不同。
    .act-support = 提交至 Memo 不符的充值找回流程：将所填 Memo 与该用户的 Memo 比对，确认没有其他人认领该 TXID，并请用户提供转出记录。
    .act-compliance = 如果该 Memo 属于其他用户，在账户之间划转任何资金之前，先确认转出方对这笔转账的所有权。
    .act-customer = 您的转账已到达我们平台，但所带的 Memo 或标签不是您的。请您提交找回申请，并附上 TXID、转出记录和您自己的 Memo；切勿为了尝试而再转一笔。
retired-address = 到达了该用户已停用的充值地址
    .customer = 您的转账转到了您以前的充值地址
    .detail = 转账到达了 { $address }，这是该用户的地址，但已不再监控。
    .explain = 收款方是同一账户以前的充值地址，扫块程序已不再读取。平台持有私钥。
    .signals = 账务系统中收款地址的记录属于该用户，且标为已停用。
    .act-engineering = 扫描该停用地址，并人工入账。
    .act-customer = 您的转账转到了您以前的充值地址。我们正在为您人工入账；今后请使用现在显示的地址。
wrong-network-supported = 通过 { $network } 转入，但该地址是为 { SAID($issued) } 分配的
    .customer = 您的转账使用了 { $network }，而不是 { SAID($issued) }
    .detail = 转账在 { $network } 上到达了 { $address }。平台在 { SAID($issued) } 上将该地址分配给该用户；平台也支持 { $network }，并持有相同的私钥。
    .explain = 收款方是用户的地址，但所用网络不是分配该地址的网络。两个网络平台都支持，因此可以找回这笔转账。
    .signals = 账务系统把收款地址发放给该用户用于另一个网络，而两个网络都提供服务。
    .act-finance = 找回这笔转账并人工入账。
    .act-engineering = 确认钱包私钥适用于 { $network } 上的 { $address }。
    .act-customer = 您的转账已到达您的地址，但使用的网络是 { $network }，而不是 { SAID($issued) }。我们正在核查如何入账。
wrong-network-unsupported = 通过 { $network } 转入，平台不支持该币种通过此网络充值；该地址是为 { SAID($issued) } 分配的
    .customer = 您的转账使用了我们不支持该币种充值的网络 { $network }
    .detail = 转账在 { $network } 上到达了 { $address }，平台不支持该网络，或在该网络上不支持该币种。平台在 { SAID($issued) } 上将该地址分配给该用户。只有持有私钥的一方才有可能找回。
    .explain = 收款方是用户的地址，但在平台不支持的网络上。是否找回此类转账，取决于平台政策。
    .signals = 收款方是该用户的地址，而账务系统不支持交易所在的网络。
    .act-support = 查询平台是否找回不支持网络上的转账，以及收取多少费用。
    .act-customer = 您的转账通过 { $network } 转入，我们不支持该网络。请您查阅我们关于不支持网络充值的规则。
platform-sweep = 平台自身地址之间的归集，不是充值
    .customer = 这不是转入您充值地址的那笔转账
    .detail = 该交易将原本就在平台地址上的币转到了 { $address }，即平台自己的钱包之一。
    .explain = 转出方和收款方都是平台的地址：平台在归集充值地址上收到的币。区块浏览器会在用户的充值地址上显示这笔转账，紧接在充值之后。
    .signals = 账务系统答复转出地址和收款地址都属于平台自己。
    .act-support = 在被归集的地址上找到此前的那笔充值，并核查那一笔。
    .act-customer = 这是我们自身地址之间的转账。请提供转出钱包或平台显示的交易 ID（TXID）。
platform-wallet = 到达了平台自己的钱包
    .customer = 您的转账到达了我们自己的钱包
    .detail = 转账到达了 { $address }，这是平台自己的钱包之一，不是任何用户的充值地址。
    .explain = 收款方是热钱包、冷钱包或资金库地址。没有信息说明转账属于谁，因此扫块程序不会入账。
    .signals = 账务系统的记录中，收款地址是热钱包、冷钱包或资金钱包。
    .act-finance = 将这笔转账与该用户匹配并入账。
    .act-customer = 您的转账到达了我们自己的钱包，而不是您的充值地址。我们正在将其与您的账户匹配。
expected-address-unknown = 已在 { $network } 最终确认；应与哪个地址比对尚不清楚
    .customer = 网络已确认这笔转账
    .detail = 该交易已最终确认，确认数为 { $confirmations }。未配置账务系统，也未提供地址，因此不清楚它本应转到哪里。
    .explain = 链上部分已完成，没有与所述情况矛盾之处，但没有账务系统，也没有地址可与收款方比对。
    .signals = 转账已在链上执行，没有配置账务系统，诉求也没有给出地址。
    .act-support = 用 --address 提供充值地址，或配置账务系统。

## Asset

fake-token = 只是自称 { $symbol } 的代币
    .customer = 您转入的代币不是我们支持的 { $symbol }
    .detail = { $network } 上的合约 { $contract } 自称 { $symbol }，但它既不是平台上线的 { $symbol }，也不是其已知的其他形式。任何人都可以给代币随意命名。
    .explain = 转账的代币与已上线资产同名，但来自另一个合约，且不是已知的桥接或封装形式。代币是什么，只由合约决定。
    .signals = 合约不在任何列表中，却使用了列表中资产的名称。
    .act-support = 告知用户该代币不是平台上线的那个；请比对合约地址。
    .act-security = 登记该合约；其他人可能也收到过。
    .act-customer = 您转入的代币（合约 { $contract }）不是我们支持的 { $symbol }，因此无法入账。请您核实该代币的来源。
bridged-variant = 收到的是 { $variant }，而不是 { $asset }
    .detail = 该用户的地址在 { $network } 上收到 { $variant }，它是 { $asset } 的桥接或封装形式，有自己的合约。平台只上线了 { $asset }。
    .explain = 该合约是已上线资产的一种已知桥接或封装形式。它有自己的价值，通常可以兑换，但平台不会自动入账。
    .signals = 合约未上架，但在所配置的桥接或封装形式名单上。
    .act-support = 查询平台是否找回 { $variant }，以及收取多少费用。
    .act-customer = 您转入的是 { $variant }，它是 { $asset } 的桥接形式，不会自动入账。我们正在核查能否找回。
migrated-contract = { $asset } 是通过该代币已弃用的旧合约转入的
    .detail = 在 { $network } 上，代币 { $asset } 已迁移到另一个合约；收到的是旧合约 { $contract } 的代币。
    .explain = 代币发行方已更换合约，平台上线的是新合约。旧合约的代币不会自动变成新合约的代币；发行方通常会在一段时间内提供兑换。
    .signals = 合约未上架，但在所配置的该资产旧合约名单上。
    .act-support = 了解发行方是否仍提供旧代币兑换，以及平台是否代用户办理。
    .act-customer = 您转入的 { $asset } 来自该代币已不再使用的合约。我们正在了解能否兑换。
asset-not-supported = 收到的币种未上线：{ $network } 上的 { $asset }
    .customer = 您转入的币种暂不支持：{ $network } 上的 { $asset }
    .detail = 该用户的地址在 { $network } 上收到 { $asset }，平台在该网络上未上线该币种。
    .explain = 转账已到达该用户，但平台在该网络上既未上线该合约，也未上线该币。能否找回取决于平台政策。
    .signals = 转账到达了该用户，而平台在该网络的资产列表中没有收到的资产。
    .act-support = 查询平台是否找回该网络上未上线的资产。
    .act-customer = 您转入的资产在该网络上不受支持。我们正在核查能否找回。
internal-value-transfer = { $amount } { $asset } 通过合约内部调用到达；账务系统没有记录
    .customer = 您的 { $amount } { $asset } 充值已到达，正在处理入账
    .detail = 合约在该交易内部将 { $amount } { $asset } 转给了 { $address }。只读取最外层转账的扫块程序看不到此类转账。
    .explain = 调用追踪（trace）显示，网络原生币通过交易内部调用到达该用户，而账务系统没有记录。智能合约钱包和提币合约常以这种方式付款。
    .signals = 调用跟踪或浏览器的列表显示转账是交易内部的调用，而账务系统答复没有记录。
    .act-engineering = 让扫块程序支持内部调用入账，或安排对这笔转账人工入账。
    .act-finance = 核对 trace 后为这笔充值入账。
    .act-customer = 您的充值已通过智能合约到达，但未能自动识别。我们正在为您人工入账。
token-frozen = 代币发行方已停用该代币或其中一个账户
    .detail = { $network } 上的代币 { $contract } 显示，其发行方已停用 { SAID($frozen) }：如果是代币自身的地址，则为整个代币；否则为该账户。交易因此失败，除非停用发生在交易之后。
    .explain = USDT、USDC 等代币的发行方可以暂停代币或冻结账户。此时转账会失败，资金留在转出方。只有发行方能够解除。
    .signals = 交易失败，而代币合约答复已暂停或账户被冻结。
asset-differs = 收到的是 { $arrived }，所述的是 { SAID($claimed) }
    .detail = 工单提到的是 { SAID($claimed) }；实际到达地址的是 { $arrived }。
    .explain = 到达该用户的币种与工单所述不同。后续按实际收到的币种核查。
    .signals = 链上转账的币种与所述不同。

## Amount

below-minimum = { $minimum ->
        [unknown] 收到 { $amount } { $asset }，低于最小充值数量
       *[other] 收到 { $amount } { $asset }，低于最小充值数量 { $minimum } { $asset }
    }
    .detail = { $minimum ->
        [unknown] 账务系统将 { $amount } { $asset } 记为低于最小充值数量，未说明最小数量是多少。
       *[other] 平台 { $asset } 充值满 { $minimum } 才入账；实际收到 { $amount }。
    }
    .explain = 到达地址的数量低于平台对该币种和网络的最小充值数量。小额充值是找回、累计还是不处理，取决于平台政策。
    .signals = 到达地址的数量低于账务系统、配置或资料所述的最低额，或账务系统的记录为该状态。
    .act-support = 告知用户最小充值数量，以及平台如何处理小额充值。
    .act-customer = { $minimum ->
        [unknown] 您充值的 { $amount } { $asset } 低于最小充值数量，因此未自动入账。
       *[other] 您充值的 { $amount } { $asset } 低于最小充值数量 { $minimum } { $asset }，因此未自动入账。
    }
partial-payment = 标称 { $promised } { $asset } 的转账，实际收到 { $received } { $asset }
    .detail = 该交易标明最多交付 { $promised } { $asset }，并允许少付；实际交付 { $received } { $asset }。只有实际交付的数量才算数。
    .explain = 在 XRP Ledger 上，转账可以允许实际交付少于标称数量。按标称数量而非实际交付数量入账，是已知的欺诈手法。
    .signals = 交易指定的数量大于其元数据所示的实际交付数量。
    .act-support = 以实际交付数量为准。告知用户转出方允许了部分支付（Partial Payment），其余部分从未离开转出方。
    .act-security = 确认没有按标称数量入账，并核查同一转出方此前是否尝试过。
    .act-customer = 您的转账实际交付了 { $received } { $asset }。它是以部分支付（Partial Payment）方式发出的，{ $promised } { $asset } 中的其余部分仍在转出方；请您向对方咨询。
amount-differs = 收到 { $received } { $asset }，所述为 { SAID($claimed) }
    .detail = 相差 { $difference } { $asset }。{ $reason ->
        [token-fee] 在同一交易中，同一付款方转到其他地址的该代币恰好等于这一差额，与每次转账都收费的代币情形相符。
        [units] 两个数量只是小数点位置不同：可能混淆了两种单位。
       *[other] 转出平台往往会从数量中扣除手续费；有的代币自身也会扣费。
    }
    .explain = 收到的数量与所述数量不同：转出方扣除了手续费、代币自身扣费、单位混淆，或分多笔转账。
    .signals = 链上的数量与所述不同。

## Finality

coinbase-immature = 挖矿奖励，区块深度 { $confirmations }/{ SAID($required) }
    .detail = 这笔转账是区块奖励，按网络规则须锁定 { SAID($required) } 个区块；目前确认数为 { $confirmations }。
    .explain = 区块奖励深度达到 100 个区块之前不能花费，因此也不能入账。
    .signals = 交易是所在区块的奖励，且深度不足 100 个区块。
    .act-support = 等待奖励成熟。
    .act-customer = 您的充值是挖矿奖励，网络会将其锁定 { SAID($required) } 个区块。之后将会入账。
waiting-confirmations = 区块确认 { $confirmations }/{ SAID($required) }；约需 { SAID($minutes) } 分钟
    .detail = 转账已上链，确认数为 { $confirmations }（所在区块计为第一个确认）；入账需要 { SAID($required) } 个确认。按网络正常出块速度，约需 { SAID($minutes) } 分钟。
    .explain = 转账已在最优链上，但区块确认数未达到平台要求。所在区块计为第一个确认。
    .signals = 已知转账所在的区块，其上的区块数少于要求。
    .act-support = 等待；到所示时间再查。
    .act-customer = 您的转账正在处理中：区块确认 { $confirmations }/{ SAID($required) }。之后将自动入账。
not-final-yet = 已上链，但尚未达到 { SAID($required) }
    .detail = 转账的确认数为 { $confirmations }；平台须等到其区块按网络自身规则达到 { SAID($required) } 状态。
    .explain = 此处的最终性以网络的 safe 或 finalized 区块为准，而转账所在区块高于它。
    .signals = 转账所在区块的高度高于网络的安全区块或最终区块。
    .act-support = 等待；半小时后再查。
    .act-customer = 您的转账已确认，正在等待网络最终确认。之后将自动入账。

## Credit

credited-before-final = 已入账，但链上没有这笔转账
    .customer = 您的充值正在核查
    .detail = 账务系统已为账户 { $account } 入账 { $amount } { $asset }，但链上没有这笔转账：未上链、失败或不存在。
    .explain = 账务系统显示已入账，而链上显示转账未被打包、成为孤块交易或失败。平台可能付出了从未收到的资金。
    .signals = 账务系统中有已入账的记录，而链上的答复是并不承载该转账。
    .act-finance = 冻结已入账的金额，直到链上有结论。
    .act-engineering = 查明为何在最终确认之前入账。
credited = { $credited_at ->
        [unknown] { $amount } { $asset } 已入账
       *[other] { $amount } { $asset } 已于 { SAID($credited_at) } 入账
    }
    .detail = { $credited_at ->
        [unknown] 账务系统已就这笔转账为该用户入账 { $amount } { $asset }，未说明入账时间。资金已正确到位。
       *[other] 账务系统已于 { SAID($credited_at) } 就这笔转账为该用户入账 { $amount } { $asset }。资金已正确到位。
    }
    .explain = 账务系统已就这笔转账按收到的数量为该用户入账，并且可用。
    .signals = 账务系统中该交易的记录已入账给该用户，数量与链上一致。
    .act-support = 向用户指明入账位置；可能在该账户的另一个钱包中，或已被使用。
    .act-customer = { $credited_at ->
        [unknown] 您充值的 { $amount } { $asset } 已入账。请您查看账户的充值记录。
       *[other] 您充值的 { $amount } { $asset } 已于 { SAID($credited_at) } 入账。请您查看账户的充值记录。
    }
unlock-pending = { $amount } { $asset } 已入账，尚不可提币
    .detail = 账务系统已为账户 { $account } 入账 { $amount } { $asset }；{ $required ->
        [unknown] 在获得更多区块确认之前处于锁定状态。
       *[other] 须达到 { SAID($required) } 次区块确认才解锁，目前为 { SAID($confirmations) } 次。
    }
    .explain = 充值已入账，但平台须等待更多区块确认后才解锁提币。
    .signals = 账务系统的记录已入账但仍锁定。
    .act-support = 等待解锁。
    .act-customer = { $required ->
        [unknown] 您的充值已入账。再获得一些区块确认后即可提币。
       *[other] 您的充值已入账。达到 { SAID($required) } 次区块确认后即可提币（目前 { SAID($confirmations) } 次）。
    }
credited-other-account = { $amount } { $asset } 入账到了该用户以外的账户
    .customer = 您的 { $amount } { $asset } 充值正在更正
    .detail = 转账到达了该用户的地址，而账务系统将 { $amount } { $asset } 记入了不属于该用户的账户。切勿透露是哪个账户。
    .explain = 收款方是该用户的地址，但账务系统的记录是另一个账户。
    .signals = 账务系统中已入账的记录属于另一账户，而该用户没有记录。
    .act-finance = 更正入账。
    .act-customer = 您的转账已到达，但入账有误。我们正在更正。
credited-twice = 同一笔转账入账了 { $count } 次
    .customer = 您的充值正在核查
    .detail = 链上只有一笔 { $received } { $asset } 的转账，而账务系统为其入账了 { $count } 次。
    .explain = 同一笔转账的入账记录合计超过实际收到的数量，且其中两条针对同一输出。其中一条须冲回。
    .signals = 账务系统有两条已入账的记录指向同一输出，合计超过链上所示。
    .act-finance = 在被提走之前冲回多入账的部分。
    .act-engineering = 查明同一输出为何入账两次：被替换、重新打包或重新扫描的交易应按输出计数，而不是按交易计数。
credited-wrong-amount = 入账 { $credited } { $asset }，实收 { $received } { $asset }
    .customer = 您的充值入账数量正在更正
    .detail = 链上显示 { $received } { $asset } 转到了该用户的地址；账务系统入账 { $credited } { $asset }。
    .explain = 账务系统已就这笔转账为该用户入账，但数量与实际收到的不符。
    .signals = 账务系统已入账记录的合计与链上数量不符。
    .act-finance = 更正入账数量。
    .act-customer = 您的转账入账数量有误。我们正在更正。
partly-credited = 这笔转账中有 { $open } { $asset } 未入账
    .detail = 该交易向该用户转了多次；账务系统已入账其中一部分，另有 { $open } { $asset } 没有记录。
    .explain = 同一交易的多个输出或多次转账到达该用户，而账务系统的记录只覆盖了其中一部分。
    .signals = 链上显示该交易有多笔转给该用户，而记录只涵盖其中一部分。
    .act-engineering = 查明其他输出为何被跳过。
    .act-finance = 为没有记录的输出入账。
    .act-customer = 您的转账有一部分尚未入账。我们正在为您入账。
deposit-rejected = 账务系统拒绝了这笔充值（{ $status }，原因：{ SAID($reason) }）
    .customer = 您的充值未能自动入账
    .detail = 账务系统有这笔转账，并已拒绝：{ $status }，原因 { SAID($reason) }。资金在平台手中，尚未入账。
    .explain = 账务系统的记录为已拒绝，或判为错误充值。资金在平台手中，须由平台说明如何处理。
    .signals = 账务系统记录的状态为已拒绝或错误充值。
    .act-support = 向运营团队了解如何处理：入账还是退回。
    .act-customer = 我们已收到您的充值，但未能自动入账。我们正在核查可以如何处理。
refund-in-progress = { $amount } { $asset } 正在退回
    .detail = 账务系统正在退回账户 { $account } 的 { $amount } { $asset }。
    .explain = 平台已决定退回这笔转账，尚未完成。
    .signals = 账务系统记录的状态为退款中。
    .act-support = 有退回单号后告知用户。
    .act-customer = 您充值的 { $amount } { $asset } 正在退回。
refunded = { $amount } { $asset } 已退回
    .detail = 账务系统显示，账户 { $account } 的 { $amount } { $asset } 已退回。
    .explain = 平台已将这笔转账退回；工单以退回了结。
    .signals = 账务系统记录的状态为已退款。
    .act-support = 将退回交易提供给用户。
    .act-customer = 您充值的 { $amount } { $asset } 已退回。
awaiting-customer = 账务系统正在等待用户确认 { $amount } { $asset }
    .customer = 您的 { $amount } { $asset } 充值需要您确认
    .detail = 账户 { $account } 的这笔 { $amount } { $asset } 充值，须由用户先完成某项操作才能继续处理。
    .explain = 账务系统已有这笔转账，正在等待用户，例如等待确认、补充转出方信息或提交退回申请。
    .signals = 账务系统记录的状态为等待用户。
    .act-support = 指引用户查看账户中要求的事项。
    .act-customer = 您的充值需要您先完成一步操作。请在账户中打开该笔充值，并按提示步骤操作。
ledger-stuck = 账务系统自 { SAID($detected_at) } 起一直停在“{ $status }”，而转账已最终确认
    .customer = 您的充值已到达，入账有所延迟
    .detail = 转账确认数为 { $confirmations }，已最终确认；账务系统于 { SAID($detected_at) } 检测到，至今仍显示 { $status }。已超过正常时长。
    .explain = 账务系统已识别该转账，但在入账途中停住，超出满足要求后的正常时长。
    .signals = 账务系统的记录仍为已检测或确认中，而链上的确认数早已足够，超过正常时长。
    .act-engineering = 查明这笔充值为何停滞，并予以入账。
    .act-customer = 您的充值已到达，入账因我方原因延迟。我们正在处理。
ledger-confirming = 账务系统已收到，正在累计区块确认（{ $status }）
    .customer = 您的充值已收到，正在处理
    .detail = { $required ->
        [unknown] 账务系统已识别该转账，状态为 { $status }，属正常流程。
       *[other] 账务系统已识别该转账，状态为 { $status }，已累计 { SAID($confirmations) }/{ SAID($required) } 次区块确认，属正常流程。
    }
    .explain = 账务系统已识别该充值，正在入账途中；没有异常。
    .signals = 账务系统的记录为已检测或确认中，且在正常时长之内。
    .act-support = 等待；半小时后再查。
    .act-customer = 我们已收到您的充值，正在处理。之后将自动入账。
deposits-suspended = { $network } 充值已暂停{ $since ->
        [unknown] {""}
       *[other] ，自 { $since } 起
    }{ $until ->
        [unknown] {""}
       *[other] ，至 { $until }
    }
    .customer = { $network } 充值目前暂停
    .detail = 平台已关闭 { $network } 充值：{ SAID($reason) }{ $since ->
        [unknown] {""}
       *[other] ；自 { $since } 起
    }{ $until ->
        [unknown] ；未说明何时恢复。
       *[other] ，至 { $until }。
    }转账已到达，恢复充值后将入账。
    .explain = 该币种或网络已关闭充值。期间到达的转账在恢复之前不入账。
    .signals = 账务系统的记录为暂停，或其策略表示充值已关闭且没有记录。
    .act-support = 在已公布的范围内，告知用户何时恢复充值。
    .act-customer = { $network } 充值目前暂停。您的充值是安全的，恢复充值后将入账。
scanner-behind = 平台扫块程序尚未扫到该转账所在区块
    .customer = 您的充值已到达，即将入账
    .detail = 转账在区块 { $height } 中已最终确认，确认数为 { $confirmations }；充值扫块程序已扫到区块 { $scanned }。
    .explain = 转账已最终确认，但账务系统的扫块程序还没有扫到该区块，因此不可能有记录。
    .signals = 账务系统的扫块高度低于转账所在区块，且没有记录。
    .act-engineering = 让扫块程序追上进度：它落后于网络。
    .act-support = 等待扫块程序；之后充值会自动入账。
    .act-customer = 您的充值已到达。我们的系统正在追赶网络进度，之后会为您入账。
deposit-missed = 已到达，确认数 { $confirmations }；账务系统没有记录
    .customer = 您的充值已到达，正在人工入账
    .detail = 转到该用户地址的转账在区块 { $height } 中已最终确认，确认数为 { $confirmations }。扫块程序已扫到区块 { $scanned }，越过了该区块，而账务系统没有记录。须人工入账。
    .explain = 链上已最终确认、转到该用户的地址、币种已上线且不低于最小充值数量；充值开放，扫块程序已越过该区块，而账务系统没有记录。属平台漏扫。
    .signals = 账务系统答复没有记录，而其扫块高度已超过转账所在的最终区块。
    .act-engineering = 重新扫描区块 { $height }，并查明该转账为何被跳过。
    .act-finance = 与链上核对后为这笔充值入账。
    .act-customer = 您的充值已到达，但我们的系统未能自动入账。我们正在为您人工入账。
deposit-unrecorded = 已到达，{ $confirmations } 次区块确认；{ $late ->
        [no] 账务系统尚无记录
       *[yes] 账务系统至今没有记录，已超出正常时间
    }
    .customer = 您的充值已到达，尚未入账
    .detail = 转到该用户地址的转账已在区块 { $height } 最终确认，共 { $confirmations } 次区块确认。账务系统没有记录，也没有说明已扫描到哪个区块；{ $late ->
        [no] 记录仍可能出现。
       *[yes] 正常情况下充值记录早就应该出现。
    }
    .explain = 链上已最终确认、转到该用户的地址、币种已上线且不低于最小充值数量；充值开放，而账务系统没有记录。账务系统不说明扫描到哪个区块（交易所不会向账户持有人提供这一信息），因此只能根据经过的时间判断是否漏扫。
    .signals = 账务系统答复没有记录，而链上显示该转账已最终确认，且账务系统不说明扫描到哪个区块。
    .act-support = { $late ->
        [no] 请等待，半小时后再查。
       *[yes] 请平台在区块 { $height } 中查找这笔转账，须人工入账。如果账务系统是在另一家交易所的账户，请向该交易所提交工单（--audience platform 可生成内容）。
    }
    .act-customer = { $late ->
        [no] 您的转账已到达，应很快入账。
       *[yes] 您的转账已到达，尚未入账。正在核查。
    }
scanner-blind-spot = 以部分充值扫块程序无法读取的方式转入
    .detail = { $way ->
        [internal-call] 币是由交易内部的合约调用转移的，而不是由交易本身转移的。
        [router] 该交易调用的不是代币自身的合约，而是另一个合约，由后者转移了代币。
       *[transfer-from] 代币是由他人代持有人转移的（transferFrom）。
    }
    .explain = 链上显示的转账，账务系统没有记录。此处说明它的转入方式：合约内部调用、路由或批量合约，或授权额度。只读取交易的收款方、金额和首个调用的扫块程序会漏掉此类转账。
    .signals = 链上显示转账是经内部调用、其他合约或授权额度完成的，而账务系统没有记录。
credit-unchecked = 已到达所提供的地址，确认数 { $confirmations }；未核查是否入账
    .customer = 您的转账已到达所提供的地址
    .detail = { $amount } { $asset } 已到达 { $address }，已最终确认，确认数为 { $confirmations }。未配置账务系统，因此没有核查是否入账。
    .explain = 链上部分已完成：在所提供的地址上最终确认。没有账务系统，无从查询入账情况。
    .signals = 转账已在所给地址最终确认，而没有配置账务系统。
    .act-support = 在账务系统中查询这笔充值，或配置账务系统。
unknown-ledger-status = 账务系统返回了本程序不认识的状态：{ $status }
    .customer = 您的转账正在核查
    .detail = 账务系统中这笔转账的状态为“{ $status }”。它不在接口约定中，猜测其含义可能把工单引向错误方向。
    .explain = 账务系统的状态超出了约定用词。按原样保留，不作猜测。
    .signals = 账务系统记录的状态不是约定用词之一。
    .act-support = 向账务系统团队询问“{ $status }”的含义。
    .act-engineering = 将该状态映射到约定用词之一。

## Withdrawals

withdrawal-unauthorised = 用户称这笔提币是他人所为
    .customer = 我们正在处理您反映的非本人提币
    .detail = 工单称这笔提币不是用户本人操作。须先冻结账户，再追踪转账；链上和账务系统的情况列在下方。
    .explain = 工单描述的是被盗：一笔非用户本人发起的提币。只要还有可能拦截，每一分钟都很重要，因此优先于转账本身的任何问题。
    .signals = 工单的用词表明提币并非用户本人所为。
    .act-security = 立即冻结账户：提币、登录会话、API Key。如果提币尚未发出，立即拦截；否则追踪其去向并警示收款平台。
    .act-support = 立即将工单转交安全团队，在其处理之前不要改动该账户的任何内容。
    .act-customer = 我们正在保护您的账户。请您在可信任的设备上修改密码并重新绑定双重验证（2FA），同时保留您收到的所有消息。
withdrawal-unknown = 账务系统没有这笔提币
    .customer = 我们查不到这笔提币
    .detail = 工单涉及提币，但按所提供的信息，账务系统中没有记录。
    .explain = 账务系统答复没有该交易或该编号的提币。它可能属于其他平台，或查询时用了错误的编号。
    .signals = 账务系统答复没有该交易或该编号的提币。
    .act-support = 请用户提供提币单号，并确认是否从本平台提出。
    .act-customer = 我们查不到这笔提币。请提供您账户中显示的提币单号。
withdrawal-internal = 站内转账已到账，未经过链上
    .customer = 您的提币是站内转账，已到账
    .detail = { $amount } { $asset } 转给了同一平台的账户。它不在任何链上，因此没有可查询的交易。
    .explain = 收款方在同一平台有账户，因此由账务系统直接划转余额。任何链上都没有交易。
    .signals = 账务系统的订单带有内部转账的标记。
    .act-support = 告知用户这是站内转账，并将账务系统的流水号提供给收款方。
    .act-customer = 您的提币是站内转账，已经到账。区块链上没有对应的交易。
withdrawal-replaced = 实际执行的是提币交易的另一个版本
    .detail = 提供的是 { $replaced }；{ $txid } 取代了它，两笔中只有一笔能上链。后续按 { $txid } 核查。
    .explain = 提高过手续费的提币有多个交易 ID，其中只有一个会执行。账务系统列出了各个版本，或有数据源知道哪一笔取代了另一笔。
    .signals = 账务系统的订单列出多个交易，或数据源给出了取代其中一笔的交易。
withdrawal-awaiting-customer = 提币正在等待用户确认
    .customer = 您的提币需要您确认
    .detail = { $network } 上这笔 { $amount } { $asset } 的提币申请尚未由用户确认：通过邮件、App 或地址簿确认。
    .explain = 尚未转出：账务系统正在等待用户确认。
    .signals = 账务系统的订单在等待用户，且没有交易。
    .act-support = 安排重新发送确认通知。
    .act-customer = 请您确认 { $amount } { $asset } 的提币；请查看您的邮箱和账户。
withdrawal-done-not-marked = 已在 { $network } 送达，但账务系统未标记为完成
    .customer = 您的提币已在 { $network } 送达
    .detail = 链上显示 { $amount } { $asset } 已到达指定地址并最终确认；账务系统的记录仍不是这样。
    .explain = 转账已按申请数量在指定地址最终确认，而账务系统的记录不是已完成。再次付款会造成重复支付。
    .signals = 链上显示所申请的数量已在指定地址最终确认，而账务系统的订单不是已完成。
    .act-engineering = 将该提币标记为完成；不要再次发送。
    .act-customer = 您的提币已在链上送达。请您向收款钱包或平台查询。
withdrawal-in-review = 提币正在审核
    .customer = 您的提币正在审核
    .detail = { $network } 上这笔 { $amount } { $asset } 的提币申请正在审核，尚未发出。
    .explain = 账务系统因风控、人工或旅行规则（Travel Rule）审核暂停了该申请。超过正常时长的，须由平台推进。
    .signals = 账务系统的订单状态为审核中。
    .act-support = 了解由谁审核、何时完成。
    .act-customer = 您的提币正在审核，尚未发出。
withdrawals-suspended = { $network } 上的 { $asset } 提币已暂停
    .detail = 这笔 { $amount } { $asset } 的提币申请尚未发出，{ $network } 提币已关闭。
    .explain = 该网络或币种已关闭提币；申请会等待至恢复。
    .signals = 账务系统的策略表示该网络或资产的提币已关闭，且订单尚未发出。
    .act-support = 在已公布的范围内，告知用户何时恢复提币；提供更换网络或取消的选项。
    .act-customer = { $network } 上的 { $asset } 提币目前暂停。您的余额是安全的。
withdrawal-queued = 提币尚未发出
    .detail = { $network } 上这笔 { $amount } { $asset } 的提币申请已受理，正在等待发出。
    .explain = 已批准或正在准备，尚无交易。超过正常时长的，须由平台推进。
    .signals = 账务系统的订单为已批准或准备中，且没有交易。
    .act-support = 等待下一批处理；逾期则升级处理。
    .act-customer = 您的提币正在准备，即将发出。
withdrawal-failed-marked-done = 账务系统显示完成，但交易在 { $network } 上失败
    .customer = 您的提币失败，正在更正
    .detail = 账务系统已将这笔 { $amount } { $asset } 的提币标记为完成，但其交易执行失败：没有任何资产送达。
    .explain = 账务系统的记录为已完成，而链上显示执行失败。用户既没有收到币，也没有余额。
    .signals = 账务系统的订单为已完成，而链上其交易的结果为失败。
    .act-finance = 确认没有任何资产送达后，退回余额或重新发送。
    .act-engineering = 查明失败的交易为何被标记为完成。
    .act-customer = 您的提币在链上失败。我们正在更正。
withdrawal-failed = 提币失败
    .detail = { $network } 上这笔 { $amount } { $asset } 的提币失败，没有信息表明余额已退回。
    .explain = 账务系统或链上显示提币失败，且既未取消也未完成。
    .signals = 账务系统的订单状态为失败，或链上其交易的结果为失败。
    .act-finance = 确定不可能再有任何资产送达后，退回余额。
    .act-customer = 您的提币未成功。我们正在将余额退回您的账户。
withdrawal-cancelled = 提币已取消或被拒绝；余额已退回
    .customer = 您的提币已取消，金额已退回
    .detail = 这笔 { $amount } { $asset } 的提币申请没有发出；账务系统显示已取消或已拒绝，余额随之退回。
    .explain = 申请在发出之前已终止，余额已退回。
    .signals = 账务系统的订单状态为已取消或已拒绝。
    .act-support = 向用户指明已退回的余额和原因。
    .act-customer = 您的提币已取消，金额已退回您的账户。
withdrawal-misdelivered = 链上结果与提币申请不符
    .customer = 您的提币正在核查
    .detail = 申请为 { $amount } { $asset }；该交易在 { $network } 上向指定地址交付了 { $delivered } { $asset }。
    .explain = 账务系统记录的交易已执行，但转到的地址或数量与申请不符。
    .signals = 订单所属交易的转账中，收款方或数量与订单不符。
    .act-security = 查明资金去向和原因；如果原因不明，停用该钱包。
    .act-finance = 登记差额并准备更正。
    .act-customer = 您的提币出现了问题。我们正在核查，之后会答复您。
withdrawal-delivered = 已送达：{ $amount } { $asset } 到达指定地址，确认数 { $confirmations }
    .customer = 您的 { $amount } { $asset } 提币已送达
    .detail = 链上显示恰好 { $amount } { $asset } 到达 { $network } 上的指定地址，已最终确认，确认数为 { $confirmations }。如仍未收到，须由收款方一侧核查。
    .explain = 交易已最终确认，按申请数量转到了指定地址。如果用户仍未收到，须由收款平台入账。
    .signals = 订单所属交易的转账中有转到指定地址的申请数量，且已最终确认。
    .act-support = 向用户提供可供收款平台查询的凭据。
    .act-customer = 您的提币已在链上送达。如果对方尚未入账，请您凭交易 ID 联系收款平台。
withdrawal-not-broadcast = { $lapsed ->
        [yes] 账务系统记录的交易从未上链，且已过有效期
       *[no] 账务系统记录的交易，没有数据源查得到
    }
    .customer = 您的提币正在重新发送
    .detail = { $lapsed ->
        [yes] 账务系统显示 { $amount } { $asset } 的交易，其自身规定了可被打包的期限。{ $network } 上已不可逆的部分超过了该期限，其中并不包含它：它不可能再到账。
       *[no] 账务系统显示 { $amount } { $asset } 的交易，但 { $network } 的独立数据源表示它不存在：它从未发出。
    }
    .explain = 账务系统有交易 ID，而两个独立的合格数据源都查不到。交易已生成但未广播，或已被移出。如果交易自身规定了可被打包的期限，不可逆的区块超过该期限即为充分证明。
    .signals = 账务系统的订单列出了交易，而两家运营方的数据源答复查不到。
    .act-engineering = { $lapsed ->
        [yes] 生成新的交易；旧交易不可能再到账。
       *[no] 重新广播同一笔交易；在旧交易确定不可能再到账之前，不要生成新交易。
    }
    .act-customer = 您的提币正在重新发出。
withdrawal-stuck = 已发出，但超过正常时长仍未在 { $network } 上链
    .customer = 您的提币已发出，正在等待网络确认
    .detail = { $amount } { $asset } 的交易已发出但未上链：手续费过低，或被该钱包更早的交易阻塞。
    .explain = 平台自己的交易未确认的时间超过正常时长。平台可以提高手续费，或清理阻塞的 nonce。
    .signals = 账务系统的订单列出的交易在数据源中一直没有所在区块，超过正常时长。
    .act-engineering = 提高手续费，或替换阻塞该钱包 nonce 的交易。
    .act-customer = 您的提币已发出，正在等待网络处理。我们正在加速。

## Hold

held = 充值被平台拦截（原因：{ SAID($reason) }）
    .customer = 您的充值已到达，正在审核
    .detail = 账务系统有这笔转账并已拦截；原因为 { SAID($reason) }。
    .explain = 由人工或规则拦截了这笔充值：kyc、aml、travel_rule、frozen、blacklist、sub_account、risk 或 manual。切勿告知用户合规原因。
    .signals = 账务系统记录的状态为拦截，并附原因。
    .act-support = 按该原因对应的流程处理；只告知用户流程允许告知的内容。
    .act-compliance = 就该拦截作出决定。
    .act-customer = 您的充值已到达，正在审核。如果需要您提供信息，会在您的账户中显示。

## Sources

sources-disagree = 数据源对以下问题说法矛盾：{ SAID($question) }
    .customer = 您的转账仍在核查
    .detail = { $source } 中两个合格的数据源给出了不同答复（{ SAID($question) }）。均不作为结论依据。
    .explain = 本应一致的两个数据源不一致。两个答复都已记录；其中之一有误、滞后或作假。
    .signals = 对同一问题的两个答复不可能同时为真。
    .act-support = 不要按任何一个答复处理。查询第三个数据源后再看。
    .act-engineering = 查明两者中哪个有误。
source-wrong-chain = { $source } 连接的网络与配置不符
    .customer = 您的转账仍在核查
    .detail = 数据源 { $source } 证明的链 ID 或创世区块与配置不同，因此其所有答复均不采用。
    .explain = 每个数据源都须先给出链 ID 或首个区块才会被采信。这个连接的是另一个网络。
    .signals = 数据源给出的链 ID 或首个区块不属于该网络。
    .act-support = 安排更正配置后重新核查。
    .act-engineering = 更正 { $source } 的地址或链。
answer-not-proven = { $source } 的一个答复未通过校验
    .customer = 您的转账仍在核查
    .detail = { $source } 的答复与所查内容无关、其字节的哈希对应的是别的内容，或本应证明它的证据不成立（{ $question }）。
    .explain = 答非所问，或本应成立的证明不成立：字节的哈希对应别的内容、路径指向别处、区块头没有工作量或没有接在前一个之后。该数据源有故障或作假。
    .signals = 重新计算的哈希、路径或区块头与答复不符。
    .act-support = 查询其他数据源。
    .act-engineering = 在查明原因之前停用 { $source }。
source-behind = { $source } 落后于网络
    .customer = 您的转账仍在核查
    .detail = { $source } 的最新区块过旧，或仍在同步。它查不到的内容不能证明任何事（{ $question }）。
    .explain = 该数据源的最新区块比该网络通常情况更旧，或其自称正在同步。
    .signals = 数据源最新区块的时间过早，或其自称正在同步。
    .act-support = 等该数据源追上后再查，或查询其他数据源。
    .act-engineering = 让 { $source } 恢复同步。
source-lacks-history = { $source } 没有保存所需的数据
    .customer = 您的转账仍在核查
    .detail = 数据源 { $source } 的数据已裁剪，或没有全部交易的索引，因此其“未找到”不能证明任何事（{ $question }）。
    .explain = 裁剪节点、没有交易索引的节点，或时间窗口不足以覆盖所述时间的数据源，无法断定某项内容不存在。
    .signals = 数据源说明了保留范围或没有索引，而问题超出其范围。
    .act-support = 查询有完整历史的数据源。
    .act-engineering = 为 { $source } 建立交易索引，或增加一个有索引的数据源。
source-unavailable = 未得到答复：{ $question }
    .customer = 您的转账仍在核查
    .detail = { $source } 没有答复（{ $question }）。没有它就无法得出结论。
    .explain = 所需的数据源没有给出可用的答复：被拒绝、过慢、被限流、有故障，或因未配置而没有查询。
    .signals = 有一个问题没有可用的答复，而判定取决于它。
    .act-support = 稍后再查。未解决的问题列在下方。
    .act-engineering = 检查 { $source }。

## Ticket

tx-predates-address = 早于该用户的充值地址
    .customer = 这笔转账早于您的充值地址
    .detail = 该交易的时间为 { $time }；充值地址是在 { $issued_at } 才分配的。
    .explain = 交易所在的区块早于它本应转入的地址。如果转到的不是该地址，它就不可能是未到账的那笔充值；如果转到的正是该地址，它仍属于该用户，只需再留意核对。
    .signals = 转账所在区块的时间早于账务系统发放地址的时间。
    .act-support = 请用户提供所指转账的交易 ID；这笔早于充值地址。
    .act-customer = 您提供的交易早于您的充值地址，因此不可能是转入该地址的那笔。请提供您所指转账的交易 ID（TXID）。
not-related-to-claimant = 交易真实存在，但与该用户无关
    .customer = 这个交易 ID 属于另一笔转账
    .detail = { $why ->
        [pay-out] 这笔 { $network } 上的交易是平台自己发给他人的。其中回到平台的部分是平台自己的找零。
       *[unrelated] 这笔 { $network } 上的交易没有到达平台的任何地址，币种和数量也都不是所述的。
    }
    .explain = 交易存在且成功，但地址、币种和数量都与所述不同：用户所指的是另一笔交易。
    .signals = 收款方都不是该用户，链上的资产和数量也与所述不同。
    .act-support = 请用户提供所述转账的交易。
    .act-customer = 您提供的交易 ID 属于另一笔转账。请您查看钱包历史记录，并提供未到账那笔转账的交易 ID。
secret-in-ticket = 工单中含有敏感信息，已移除：{ SAID($kinds) }
    .detail = 用户所写内容含有敏感信息（{ SAID($kinds) }）。此处既不保存也不显示；工单系统中仍有。
    .explain = 用户会把助记词、私钥、密码和 API Key 粘贴到工单中。任何看到的人都能取走资金，因此在记录之前先行移除，并且必须更换。
    .signals = 工单文本中有助记词、私钥或密码形式的内容，只保留了其种类。
    .act-support = 在工单系统中删除该内容，不要使用，也不要转发。
    .act-customer = 请您切勿向我们发送助记词、私钥、密码或 API Key。请将您的币转移到新钱包，并更换您发送过的密码或 API Key，因为必须视为他人已经知晓。
ticket-overdue = 工单已开启 { $hours } 小时
    .detail = 工单于 { $opened_at } 开启，已超过应答复的时限。
    .explain = 工单时长已超过配置的服务时限。
    .signals = 工单创建至今的时间超过了配置的小时数。
txid-claimed-by-several = { $count ->
        [one] 另有一张工单提到同一笔交易
       *[other] 另有 { $count } 张工单提到同一笔交易
    }
    .detail = { SAID($tickets) } 中提到了同一笔交易，且不是由本工单的账户提交的。其中只有一方可能有权获得该笔资金。
    .explain = 工单系统中还有其他账户的工单提到这笔交易。任何人都能在区块浏览器中看到 TXID，因此它不能证明是谁转出的。
    .signals = 在工单系统中搜索该交易 ID，得到其他账户的工单。
wrong-direction = 工单写的是 { SAID($claimed) }，实际是 { SAID($found) }
    .detail = 工单反映的是 { SAID($claimed) }。根据账务系统和链上数据，它是同一账户的 { SAID($found) }。
    .explain = 工单所写方向与实际相反（deposit 为充值，withdrawal 为提币）。账务系统中该用户自己的提币申请，或一笔无人申请而转给该用户的转账，可以说明正确方向。
    .signals = 账务系统的订单或链上的收款方，与诉求所述方向相反。
claim-differs = 工单所述的 { SAID($field) } 不同：所述 { SAID($claimed) }，查到 { SAID($found) }
    .detail = 工单所述的 { SAID($field) } 为 { SAID($claimed) }；链上显示 { SAID($found) }。以链上为准判定。
    .explain = 工单所述的网络（network）、地址（address）或时间（time）与链上不符。工单只提供线索，不作为事实。
    .signals = 诉求中的网络、地址或时间与链上的交易不同。

## Report

verdict-complete = 已完成
verdict-settled = 已了结
verdict-waiting = 等待中
verdict-platform-action = 须平台处理
verdict-customer-action = 须用户处理
verdict-misdirected = 去向不符
verdict-inconclusive = 无法判定

party-platform = 平台
party-customer = 用户
party-sending-platform = 转出方或转出平台
party-receiving-platform = 收款平台
party-network = 无需人工：由网络完成
party-nobody-yet = 暂无

holder-sender = 仍在转出方
holder-network = 在网络途中
holder-platform = 在平台
holder-claimant = 在用户处
holder-receiving-platform = 在收款平台
holder-third-party = 在第三方
holder-nobody = 任何人都无法取得
holder-unknown = 未知

check-included = 已在最优链的区块中
check-executed = 执行未失败
check-moved-value = 有资产转移
check-to-claimant = 到达该用户的地址
check-right-asset = 平台已上线的币种
check-enough = 达到最小充值数量
check-final = 区块确认达到要求
check-recorded = 账务系统有记录
check-credited = 账务系统已入账
check-available = 用户可用

report-case = 个案
report-acts = 处理方
report-finding = 结论
report-nobody = 无
report-money = 资金
report-moment = { $time }（{ $zone }），{ $utc } UTC
report-since = {"，自 "}{ $time }
report-expected = {"；预计变化时间 "}{ $time }
report-checks = 核查项
report-transactions = 交易
report-transfers = 转账
report-ledger = 账务系统
report-also = 其他发现
report-actions = 处理建议
report-gaps = 未获答复
report-comma = { "、" }
report-unknown = 未知
report-more = 以及另外 { $count } 项
report-no-address = 无地址的脚本
report-claimant = 该用户
report-fits-yes = 相符
report-fits-nearly = 基本相符
report-fits-other-amount = 数量不同
report-fits-other-asset = 币种不同
report-fits-nothing-moved = 没有资产转移
report-settled = {"，账务系统已处理完毕"}
report-any-asset = 所有币种
report-searched = 转入 { $address } 的 { $asset } 已检索，回溯至 { $time }
report-searched-back-to = 转入 { $address } 的 { $asset } 已检索，回溯至 { $time }，但并非全部
report-searched-in-part = 转入 { $address } 的 { $asset } 未检索或仅部分检索
report-nonce-unused = 该 nonce 尚无交易
report-block = 区块 { $height }
report-no-block = 尚未上链
report-deposit = 充值 { $id }
report-withdrawal = 提币 { $id }
report-address = 地址
report-network = 网络
report-account = 账户 { $account }
report-deposits = 充值状态 { $value }
report-scanned = 已扫到区块 { $value }
report-depth-of = 区块确认 { $have }/{ SAID($need) }（所在区块计为 1）
report-depth-named = 区块确认 { $have }，要求 { SAID($need) }
report-depth = 区块确认 { $have }
report-proven = 已证明：{ $parts }
report-proof-txid = TXID
report-proof-in-block = 在区块中的位置
report-proof-work = 区块工作量
report-proof-headers = { $count } 个相连的区块头
report-proof-block-hash = 区块哈希
report-proof-receipt = 交易回执
report-state-not-found = 不存在
report-state-pending = 待打包
report-state-included = 已上链
report-state-dropped = 已丢弃
report-state-replaced = 已被替换
report-state-orphaned = 所在区块已被回滚
report-confidence-proven = 已证明
report-confidence-corroborated = 多方印证
report-confidence-reported = 单方报告
report-confidence-conflicting = 来源矛盾
report-door-open = 开放
report-door-suspended = 暂停
report-for-support = 客服
report-for-customer = 用户
report-for-engineering = 技术
report-for-compliance = 合规
report-for-finance = 财务
report-for-security = 安全
report-settle-credit-unchecked = 如需判定：请配置 [ledger] 部分，以便核查入账情况。
report-settle-expected-address-unknown = 如需判定：请用 --address 提供充值地址，或配置 [ledger] 部分。

## Letters to customers and other platforms

letter-greeting-customer = 您好！
letter-greeting-platform = 致{ $desk }客服：
letter-greeting-desk = 致客服：
letter-send-to = 发送给：{ $desk }
letter-desk-holding = 未到账账户所在的平台
letter-desk-sending = 转出平台
letter-desk-receiving = 收款平台
letter-closing-customer = 如有疑问，请直接回复本消息。
letter-closing-platform = 感谢您的协助。以上内容均可在链上查证。
letter-customer-complete = 这笔转账已全部处理完毕。
letter-customer-settled = 网络已完成这笔转账。是否已入账尚待我们核查。
letter-customer-waiting = 您的转账正在途中，您无需进行任何操作。
letter-customer-platform-action = 我们正在核查，有结果后会与您联系。
letter-customer-customer-action = 请提供您的钱包或转出平台显示的这笔转账的交易 ID（TXID）。
letter-customer-misdirected = 这笔转账没有到达我们这里。请您向转出钱包或平台确认。
letter-customer-inconclusive = 我们暂时还无法判断您这笔转账的情况，仍在核查。请勿再次转账。
letter-acts-platform = 由我们处理，您目前无需操作
letter-acts-customer = 您
letter-acts-sending-platform = 您或转出平台
letter-acts-receiving-platform = 收款平台
letter-acts-network = 无需任何人处理，由网络自动完成
letter-acts-nobody-yet = 我们仍在核查
letter-acts-none = 无需任何人处理
letter-acts = 目前由谁处理
letter-expected = 预计时间
letter-kind = 类型
letter-kind-deposit = 充值
letter-kind-withdrawal = 提币
letter-txid = 交易 ID（TXID）
letter-network = 网络
letter-amount = 数量
letter-contract = 代币合约
letter-address = 收款地址
letter-source-address = 转出地址
letter-memo = 交易中的 Memo/标签
letter-own-memo = 收款方自己的 Memo/标签
letter-output = 输出或日志序号
letter-block = 区块
letter-block-hash = 区块哈希
letter-time = 时间
letter-confirmations = 区块确认数
letter-confirmations-counted = { $have }（所在区块计为 1）
letter-confirmations-of = { $have }/{ SAID($need) }
letter-status = 链上状态
letter-explorer = 区块浏览器
letter-proven = 经重新计算验证
letter-support = 佐证
letter-by-proven = 链上数据，并经重新计算验证
letter-by-corroborated = 两个独立的链上数据源
letter-by-reported = 一个数据源
letter-by-conflicting = 相互矛盾的数据源
letter-state-final = 已最终确认
letter-state-included = 已上链
letter-state-failed = 已上链，但执行失败
letter-state-pending = 等待打包
letter-state-not-found = 未查到
letter-state-dropped = 网络上已查不到
letter-state-replaced = 已被另一笔交易替换
letter-state-orphaned = 所在区块已不在主链上
letter-state-unknown = 尚不清楚
letter-situation-final = 以下转账已上链、执行成功，并已最终确认。
letter-situation-included = 以下转账已上链，但尚未最终确认，或未核查是否最终确认。
letter-situation-failed = 以下交易已上链但执行失败，没有转移任何资产。
letter-situation-pending = 网络已收到以下交易，但尚未被打包。
letter-situation-not-found = 网络上查不到以下交易。
letter-situation-dropped = 以下交易曾经可以查到，现在网络上已查不到。
letter-situation-replaced = 以下交易已被另一笔交易替换。
letter-situation-orphaned = 以下交易所在的区块已不在主链上。
letter-situation-unknown = 无法从链上确定以下转账的情况。
letter-amount-told = 数量（据所述）
letter-state-none = 没有已知的交易
letter-situation-none = 未到账的这笔转账没有已知的交易 ID。
letter-situation-nothing-moved = 以下交易已执行，但没有向收款方转移任何资产。
letter-topic-none = 供您备查
letter-topic-credit = 充值未到账
letter-topic-memo = 充值 Memo/标签缺失或有误
letter-topic-recovery = 充值找回
letter-topic-state = 充值状态查询
letter-topic-watch = 充值途中
letter-topic-withdrawal = 提币状态查询
letter-topic-send = 转账未到达
letter-topic-misdirected = 转账转到了非收款方的地址
letter-topic-off-chain = 贵平台站内转账
letter-topic-receive = 贵平台用户未到账
letter-request-none = 无需处理，仅供备查。
letter-request-credit = 请将这笔充值入账，或告知尚有何障碍。
letter-request-memo = 这笔充值已到达贵平台地址，但没有收款方正确的 Memo/标签。请为其匹配入账，或告知还需要哪些材料。
letter-request-recovery = 请告知能否找回或入账这笔充值、费用多少，以及需要哪些材料。
letter-request-state = 请告知这笔充值目前的状态，以及是否需要收款方提供什么。
letter-request-watch = 请在达到贵平台要求的确认数后将这笔充值入账。
letter-request-withdrawal = 请告知这笔提币目前的状态；如果交易 ID（TXID）有变，请一并提供。
letter-request-send = 请核查这笔转账是否已发出；如未成功，请重新发送；如果交易 ID（TXID）有变，请一并提供。
letter-request-misdirected = 请将实际收款地址与收到的转账指令核对，并告知这笔转账是否还能退回。
letter-request-off-chain = 这笔转账不在任何链上。请核查它转入了贵平台的哪个账户，以及能否改为链上转账。
letter-request-receive = 请将这笔转账入账给贵平台用户，或告知尚有何障碍。
letter-facts = 详情
letter-actions = 另请注意
letter-reference = 查询信息
letter-before-sending = 以下不属于信件内容，发送前请注意
letter-file-at = 提交渠道：{ $place }
letter-published = { $desk } 对此类情况的公开说明：{ $note }
letter-add = 请补充：{ $item }
ask-txid = 交易 ID（TXID）
ask-network = 所用网络
ask-asset = 币种
ask-amount = 准确数量
ask-address = 收款地址
ask-source-address = 转出地址
ask-memo = 您在该平台的 Memo/标签及其截图
ask-time = 转账时间
ask-account = 您在该平台的账户：UID，或注册邮箱、手机号
ask-sending-record = 登录转出平台或钱包后的转账记录截图，须显示 TXID、地址和数量
ask-identity-check = 您在该平台的账户须已完成身份认证
report-html-title = 付款核查报告
report-html-by = 期限
report-html-no-term = 暂无法给出期限
report-html-reference = 可向对方提供的信息
report-html-path = 资金路径
report-html-timeline = 时间线（UTC）
report-html-depth = 区块确认
report-html-answer = 结果
report-html-fact = 事实
report-html-sources = 来源
report-html-number = 编号
report-html-asked = 查询内容
report-html-answered = 答复时间及其 SHA-256
report-html-why = 未获答复的原因
report-html-amount = 数量
report-html-from = 转出
report-html-to = 转入
report-html-memo = memo/标签 { $value }
report-html-output = 序号 { $value }
report-html-contract = 代币合约
report-html-state = 状态
report-html-block = 区块
report-html-fee = 网络手续费
report-html-proof = 证明
report-html-explorer = 区块浏览器
report-html-candidates = 可能相关的付款
report-html-footer = 本页所有结论均由“来源”所列答复得出。持有该案存档者无需联网即可用 txsleuth verify 重新推导。
report-html-statement = { $answer }：{ $fact }
report-html-answer-yes = 是
report-html-answer-no = 否
report-html-answer-unknown = 未知
report-html-answer-not-applicable = 不适用
report-html-station-sender = 转出方
report-html-station-transaction = 交易
report-html-station-address = 收款地址
report-html-station-ledger = 账务系统
report-html-event-ordered = 申请提币
report-html-event-broadcast = 已广播至网络
report-html-event-sent = 用户所述转出时间
report-html-event-block = 打包进区块
report-html-event-completed = 账务系统标记完成
report-html-event-detected = 账务系统发现
report-html-event-credited = 已入账
report-html-event-available = 可用
report-html-event-claimed = 提交工单
report-html-event-opened = 开始核查
report-html-event-look-again = 再次核查
report-html-event-expected = 预计变化

## What a bundle that was handed out lets anybody believe

verify-proven = 仅凭记录的数据即可证明，任何人都能重新计算：{ $parts }（{ $network } { $txid }）。
verify-branch = 未证明：记录的区块是否属于公认的主链。请用您自己的数据源核对区块哈希。
verify-word = 未证明，仅为来源所述：{ $parts }（{ $network } { $txid }）。
verify-word-of = 由 { $services } 提供。
verify-open-state = 链上是否有该交易
verify-open-block = 所在区块
verify-open-depth = 确认数
verify-open-moved = 转移的金额
verify-nothing = 此处没有任何链上应答，信中内容均未得到证明。
verify-letter = 信中其余内容均为发信人所述。
verify-texts = 未比对：各文本是否与 letter.json 一致。文本由 { $tool } 写成，与当前版本不同，请以 letter.json 为准。
verify-unsigned = 各文件与清单 SHA256SUMS 一致。清单未经签名：如需确认由谁编写，请通过其他途径核对其哈希。

## Words that facts are made of; what is none of them stays as it is

value-semicolon = ；
value-deposit = 充值
value-withdrawal = 提币
value-network = 网络
value-address = 地址
value-time = 时间
value-unknown = 未知
value-unstated = 未说明
value-none = 无
value-others = 其他
value-safe = 安全区块
value-finalized = 最终敲定
value-included = 是否上链
value-executed = 是否执行成功
value-moved-value = 是否转移了资产
value-to-claimant = 是否到达该用户
value-right-asset = 币种是否正确
value-enough = 数量是否足够
value-final = 是否最终确认
value-unlisted-token = 未上线的代币
value-in-no-block-yet = 尚未上链
value-settled-by-the-ledger = 账务系统已处理
value-seed-phrase = 助记词
value-private-key = 私钥
value-keystore = 密钥文件
value-api-key = 接口密钥
value-token = 令牌
value-password = 密码
value-totp-secret = 双重验证密钥
value-code = 验证码
value-email = 邮箱地址
value-phone = 手机号码
value-id-number = 证件号码
value-card = 银行卡号

## Why a question has no answer

report-why-not-configured = 未配置
report-why-not-asked = 未询问
report-why-not-offered = 对方不提供
report-why-refused = 连接被拒绝或中断
report-why-timeout = 超时
report-why-rate-limited = 请求过于频繁或已达限额
report-why-unauthorised = 凭据缺失或未被接受
report-why-server-error = 对方服务出错
report-why-malformed = 应答无法读取
report-why-too-large = 应答过大
report-why-redirected = 被重定向到其他地址
report-why-mismatch = 所答非所问
report-why-wrong-chain = 数据源在另一条链上
report-why-behind = 数据源落后
report-why-lacks-history = 数据源缺少历史数据
report-why-conflicting = 来源矛盾
report-why-not-recorded = 未记录

## What findings are explained with

explain-signals = 判断依据
explain-verdict = 结论
explain-recoverable = 资金能否找回
explain-recoverable-yes = 能
explain-recoverable-no = 不能
explain-recoverable-open = 视情况而定
explain-certainty = 可达到的确定程度
explain-certainty-note = 提示：不作为结论
explain-cases = 展示该情况的记录案例
explain-title = 充值未到账或提币未收到时
explain-intro = 每条说明发生了什么、由谁处理以及您可以做什么。“…”代表因具体情况而异的内容。
explain-contents = 目录
