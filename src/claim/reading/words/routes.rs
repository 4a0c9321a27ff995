//! Words that tell what kind of complaint it is, and where one that is about no transfer belongs.

/// What a word speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Cue {
    /// Sent to the exchange.
    Deposit,
    /// Sent by the exchange.
    Withdrawal,
    /// Credited, which only a custodian does.
    Credit,
    /// Not arrived, whoever it was sent to.
    Arrival,
    /// One network to another.
    Bridge,
    /// One coin for another.
    Swap,
    /// From a wallet to a wallet.
    Wallets,
    /// To a program that cannot give it back.
    Stuck,
    /// To an address that was not meant.
    Astray,
    /// Somebody else did it.
    Theft,
    /// Signing in.
    Login,
    /// Proof of identity.
    Identity,
    /// Trading, positions, prices.
    Trading,
    /// Money of a state, cards, banks.
    Fiat,
    /// Between customers.
    PeerToPeer,
}

/// Words and what they speak for.
#[rustfmt::skip]
pub(super) const CUES: &[(Cue, &[&str])] = &[
    (Cue::Deposit, &[
        "到账延迟", "未上账", "your platform didn't receive", "your platform has not received",
        "platform did not receive", "贵所的地址", "你们的地址", "你们地址", "平台地址", "充到你", "打到你",
        "deposit", "deposits", "deposited", "depositing", "deposite", "deposited to", "top up", "top-up", "topped up",
        "topup", "to my exchange", "to your exchange", "to your platform", "to my account", "into my account",
        "in my account", "to your address", "充值", "充币", "充了", "充到", "充入", "充幣", "转到你们", "转给你们",
        "给你们转", "转入平台", "转到平台", "到你们平台", "到你们交易所", "到交易所", "到平台", "转到交易所", "上账",
        "转错链", "充错链", "充错", "转入地址", "转错网络", "选错链", "选错网络", "wrong network", "wrong chain",
        "入金", "입금", "거래소로", "업비트로", "빗썸으로", "바이낸스로", "거래소에 보냈", "충전",
        "depost", "deposti", "desposit", "despoit", "diposit", "deposted", "depositted", "deposite", "depositing", "deopsit", "dep",
        "add funds", "added funds", "adding funds", "sent to you", "sent you guys", "sent to your", "send to your", "put into my account",
        "paid into", "to fund", "loaded my account", "to your wallet", "to your company", "to my trading account",
        "to my spot", "spot wallet", "into your exchange", "into the exchange", "onto the exchange", "on the exchange",
        "wallet to exchange", "to exchange", "充U", "充u", "存币", "存入", "汇入", "打到你们", "打到平台", "打到交易所", "打币到", "转你们",
        "打过来", "转过来", "发到你们", "发到交易所", "发到平台", "转去交易所", "转去平台", "账户里没", "账户没有", "交易所账户",
        "depo", "paid invoice", "paid the invoice", "invoice expired", "payment not detected",
        "payment was not detected", "to the exchange", "to an exchange", "on your exchange",
        "funded my account", "fund my account", "冲值", "冲币", "冲了", "冲到", "充进", "充進", "充入", "充上", "儲值", "转进来",
        "转进去", "轉進來", "轉進", "入帳", "充值地址", "交易所地址", "平台地址", "넣었", "거래소 주소", "거래소에 넣", "거래소 지갑으로",
        "충전했",
        "depositid",
    ]),
    (Cue::Withdrawal, &[
        "marked it completed", "marked as completed", "status completed", "status: completed",
        "status is completed", "shows completed", "says completed", "exchange says sent",
        "exchange says completed", "exchange says it's sent", "says it was sent", "say it was sent",
        "say it's sent", "says it's sent", "they say it's sent", "claims it was sent", "you said it was sent",
        "cashing out", "cash-outs", "to be sent to my", "asked for my", "i requested", "you sent my",
        "you sent it", "you processed", "processed my", "已经发出", "已发出", "显示已完成", "显示完成", "显示已发送", "状态完成",
        "状态已完成", "扣了我的币", "扣了我", "被平台扣", "扣币", "未发币", "没发币", "不发币", "发币", "放行", "출금완료", "출금 완료", "처리완료",
        "지급신청",
        "withdraw", "withdrawal", "withdrawals", "withdrew", "withdrawn", "withdrawing", "withdrawed", "withdrawl",
        "payout", "pay-out", "cash out", "cashed out", "cashout", "from your exchange", "from your platform",
        "from my exchange", "exchange sent", "sent from binance", "from binance to", "out of the exchange",
        "you sent", "you guys sent", "sent by you", "提现", "提币", "提款", "提幣", "提了", "提走", "提到", "提出",
        "从你们", "从交易所", "从平台", "从币安", "从欧易", "出金", "출금", "인출", "거래소에서", "출금했",
        "took out", "taken out", "take out", "pulled out", "moved out", "you have sent", "you haven't sent",
        "have not sent", "was sent to me", "they sent", "they have sent", "gave me this", "proof that",
        "left our platform", "left your platform", "pool paid", "pool payment", "my payout", "mining reward",
        "withdrawel", "withdrawels", "widthdraw", "widthdrawal", "withrawal", "withrawals", "withraw", "withdral", "withdawal",
        "witdraw", "witdrawal", "withdrwal", "withdrawed from", "whitdraw", "withdraws", "paid out", "payed out", "pay out", "payouts",
        "out of my account", "out of my exchange", "left my account", "left my exchange", "deducted from my",
        "debited from my", "taken from my balance", "sent me", "sent it to me", "out of your exchange", "off the exchange",
        "off your platform", "from the exchange to", "from an exchange to", "exchange to wallet", "exchange to my wallet",
        "提U", "提u", "出账", "提出来", "提出去", "提出到", "提到我", "提去", "提往", "提给", "扣了币", "币扣了", "已扣", "扣款了", "转出交易所",
        "交易所提", "平台提", "转到自己钱包", "转到我钱包", "转到我的钱包", "打到我钱包", "打到我的钱包", "出币",
        "cash-out", "提領", "提领", "出款", "提走", "转出到", "轉出到", "没发出", "没有发", "已支付", "矿池支付", "矿池结算",
        "批量提", "뺐", "빼서", "뺀 ", "빼려", "정산", "지급됐", "지급했", "지급 완료", "페이아웃", "출고",
        "internal transfer", "off-chain transfer", "transfer to another user", "站内转账", "内部转账", "站內轉帳", "內部轉帳",
        "站内划转", "내부이체", "내부 이체", "내부전송", "내부 전송",
        "withdrawfee", "withdraworderid", "withdrawid", "withdrawalid", "wdid", "提我的",
    ]),
    (Cue::Credit, &[
        "没上账", "上不了账", "不上账", "余额没加", "余额没变", "余额未增加", "余额没有增加", "余额没更新", "余额没有更新", "平台余额", "账户余额没", "账户没变化",
        "balance not updated", "balance is not updated", "balance hasn't", "balance has not", "balance didn't",
        "not reflected in my", "not booked", "not posted to my", "잔액이 그대로", "잔고가 그대로", "잔액 변동",
        "credited", "not credited", "credit", "crediting", "credit my", "入账", "到账户", "上账", "客服", "人工",
        "반영", "미반영",
    ]),
    (Cue::Arrival, &[
        "not arrived", "hasn't arrived", "has not arrived", "didn't arrive", "did not arrive", "never arrived",
        "not received", "haven't received", "have not received", "didn't receive", "did not receive",
        "never received", "not showing", "doesn't show", "does not show", "didn't show", "not show up",
        "missing", "nothing came", "never came", "still waiting", "where is my", "where are my", "where's my",
        "still pending", "still nothing", "not reflected", "没到", "没收到", "未到", "未收到", "还没到", "不到账",
        "没到账", "未到账", "看不到", "查不到", "没看到", "没显示", "不显示", "不见了", "沒到", "沒收到", "未到帳",
        "沒有到", "没有到", "丢失", "안들어", "안 들어", "안와", "안 와", "안옴", "안 옴", "안보여", "안 보여",
        "안보임", "안 보임", "안뜨", "안 뜨", "안떠", "안 떠", "못받", "못 받", "미도착", "미입금", "미수신", "누락",
        "도착하지 않", "도착 안", "들어오지 않", "보이지 않", "확인되지 않", "확인이 안", "반영이 안", "반영 안",
        "안들어옴", "안 들어옴", "아직도",
    ]),
    (Cue::Bridge, &[
        "bridge", "bridged", "bridging", "cross-chain", "cross chain", "crosschain", "omnibridge", "wormhole",
        "stargate", "multichain", "across protocol", "hop protocol", "跨链", "跨到", "跨链桥", "官方桥", "브릿지",
        "브리지", "크로스체인",
    ]),
    (Cue::Swap, &[
        "swap", "swapped", "swapping", "swaps", "exchanged", "converted", "conversion", "changenow", "changehero",
        "simpleswap", "shapeshift", "sideshift", "fixedfloat", "uniswap", "pancakeswap", "thorchain", "jupiter",
        "1inch", "兑换", "闪兑", "闪电兑换", "换成", "换到", "置换", "스왑", "스와프", "교환", "환전",
    ]),
    (Cue::Wallets, &[
        "friend sent me", "sent me by a friend", "someone sent me", "my cousin", "my dad", "my wife",
        "my husband", "my mother", "my sister", "my son", "my daughter", "a client sent", "client paid me",
        "customer paid me", "payment from a client", "朋友转给我", "别人转给我", "客户转给我", "朋友给我转", "朋友打给我", "친구가 보낸",
        "친구가 보내", "지인이 보낸", "on telegram", "telegram group", "whatsapp group", "互转",
        "to another wallet", "to the other wallet", "in the other wallet", "my other wallet", "between my wallets",
        "between my own wallets", "between wallets", "from one wallet to another", "from one of my wallets",
        "to a different wallet", "wallet to wallet", "to my friend", "to a friend", "my own wallets",
        "to my second wallet", "another wallet", "to someone", "另一个钱包", "转到另一个", "转到另外", "转给朋友",
        "钱包转到钱包", "钱包之间", "两个钱包", "我朋友", "别人的钱包", "다른 지갑", "다른지갑", "지갑에서 지갑",
        "친구에게", "지인에게", "개인지갑에서 개인지갑", "지갑 간",
        "to my friend's wallet", "friend's wallet", "朋友的钱包", "朋友钱包", "친구 지갑", "친구지갑", "지인 지갑", "개인지갑끼리", "지갑끼리",
        "wrong person", "to a scammer", "belongs to a scammer", "to a stranger", "my brother", "给朋友", "給朋友",
        "给我朋友", "给家人", "转错人", "친구한테", "지인한테", "친구 주소", "가족에게", "엉뚱한 사람", "다른 사람",
    ]),
    (Cue::Stuck, &[
        "contract address itself", "to the contract address", "to the token contract", "to a contract",
        "to the smart contract", "token contract", "to contract address", "contract by mistake", "burn address",
        "stuck in the", "转到合约", "转到了合约", "合约地址里", "打到合约", "发到合约", "转进合约", "转入合约",
        "컨트랙트로 보냈", "컨트랙트 주소로", "컨트랙트에", "토큰 주소로", "approved", "mint", "staking", "staked",
        "unstake", "stake", "质押", "스테이킹", "mining pool", "faucet", "airdrop", "空投", "에어드랍",
        "smart contract wallet", "sync", "syncing", "not syncing",
        "to the token's contract", "to its own contract", "언스테이킹", "컨트랙트 주소에", "컨트랙트로",
        "예치", "상환", "理财", "理財", "赎回", "贖回", "锁仓", "savings", "earn product", "simple earn", "flexible earn",
        "redeem", "redemption", "lockup", "락업",
    ]),
    (Cue::Astray, &[
        "wrong address", "incorrect address", "wrong wallet address", "mistyped the address", "typo in the address",
        "wrong recipient", "similar address", "lookalike address", "look-alike address", "address poisoning",
        "poisoned address", "copied the wrong", "pasted the wrong", "scam address", "scammer's address", "转错地址",
        "转错了地址", "打错地址", "填错地址", "地址填错", "地址写错", "地址错了", "复制错", "复制成了", "粘贴错", "错误地址", "相似地址",
        "诈骗地址", "钓鱼地址", "投毒", "주소를 잘못", "잘못된 주소", "주소 잘못", "주소 오류", "오타", "비슷한 주소", "사기 주소",
        "주소를 착각", "주소 착각",
    ]),
    (Cue::Theft, &[
        "hacked", "hack", "hacker", "stolen", "unauthorized", "unauthorised", "not authorised", "not authorized",
        "did not authorise", "did not authorize", "without my permission", "without my consent", "compromised",
        "someone withdrew", "someone logged", "not me", "i did not make", "i didn't make", "thief", "phishing",
        "phished", "sim swap", "scammed", "drained", "not by me", "didn't do this", "did not do this",
        "account takeover", "被盗", "盗走", "盗币", "盗号", "被黑", "黑客", "不是我操作", "非本人", "不是我本人",
        "被人转走", "被转走", "有人登录", "有人提走", "被钓鱼", "钓鱼", "没有授权", "未授权", "被骗", "해킹", "도난",
        "탈취", "도용", "제가 하지 않은", "제가 한 것이 아닙", "본인이 아닌", "무단", "피싱", "내가 안했",
        "하지 않은 출금",
    ]),
    (Cue::Login, &[
        "log in", "login", "log-in", "can't login", "cannot login", "sign in", "signin", "locked out",
        "account locked", "account is locked", "reset my 2fa", "lost 2fa", "2fa lost", "2fa", "authenticator",
        "reset password", "password reset", "forgot password", "forgot my password", "verification email",
        "verification code", "unlock my account", "登录", "登陆", "登不上", "无法登录", "谷歌验证", "验证码",
        "忘记密码", "修改密码", "重置密码", "解绑", "账号锁定", "账户被锁", "换手机", "로그인", "비밀번호",
        "otp 분실", "otp를 분실", "otp 초기화", "otp", "계정 잠", "인증번호",
    ]),
    (Cue::Identity, &[
        "kyc", "identity verification", "verify my identity", "verification rejected", "verification failed",
        "id verification", "proof of address", "utility bill", "selfie", "passport", "face verification",
        "account verification", "实名", "身份认证", "实名认证", "kyc认证", "人脸", "人脸识别", "身份验证",
        "身份证照片", "护照照片", "审核身份", "신분증", "본인인증", "본인 인증", "고객확인", "고객 확인", "신원 확인",
        "신원확인", "얼굴인증",
    ]),
    (Cue::Trading, &[
        "liquidated", "liquidation", "liquidate", "perpetual", "futures", "leverage", "stop loss", "stop-loss",
        "take profit", "margin call", "position was closed", "my position", "short position", "long position",
        "slippage", "limit order", "market order", "order not filled", "spot order", "trading bot", "copy trading",
        "delisting", "delisted", "爆仓", "强平", "强制平仓", "合约交易", "永续", "期货", "杠杆", "止损", "止盈",
        "挂单", "仓位", "滑点", "穿仓", "限价单", "市价单", "跟单", "网格", "청산", "강제청산", "강제 청산", "선물",
        "포지션", "레버리지", "손절", "지정가", "시장가", "체결", "미체결", "슬리피지", "마진콜",
    ]),
    (Cue::Fiat, &[
        "bank transfer", "bank account", "my bank", "credit card", "debit card", "visa card", "visa", "mastercard",
        "card payment", "card declined", "sepa", "swift", "wire transfer", "wire", "iban", "apple pay", "google pay",
        "paypal payment", "fiat", "fiat withdrawal", "fiat deposit", "buy crypto with", "fiat currency", "ach",
        "银行卡", "银行转账", "银行账户", "法币", "信用卡", "人民币提现", "微信支付", "支付宝", "买币", "원화",
        "은행", "계좌", "케이뱅크", "신용카드", "실명계좌", "입출금계좌", "카드결제", "krw",
        "won deposit", "원화 입금", "원화입금", "원화 출금", "원화출금", "현금", "입금심사", "人民币充值", "人民币", "法币充值", "法币提现",
        "wire deposit", "bank deposit", "cash deposit", "bank statement",
    ]),
    (Cue::PeerToPeer, &[
        "p2p", "c2c", "peer to peer", "peer-to-peer", "seller did not release", "release the crypto",
        "did not release", "does not release", "doesn't release", "not release", "merchant", "appeal", "otc",
        "不放币", "未放币", "放币", "卖家", "商家", "场外", "申诉", "c2c交易", "otc交易", "판매자", "p2p 거래",
        "구매자", "코인을 안 보내",
    ]),
];
