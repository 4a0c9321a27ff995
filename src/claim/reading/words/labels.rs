//! Words that tell what stands beside them.

use crate::claim::reading::lexicon::Sense;

/// Words and what they announce.
pub(super) const LABELS: &[(Sense, &[&str])] = &[
    (Sense::Txid, &[
        "txid", "tx id", "tx-id", "txids", "tx hash", "tx-hash", "txhash", "txn hash", "txn id", "txn", "tx", "trx id", "trxid", "hash", "hash id",
        "hashid", "hash value", "hash code", "transaction hash", "transaction id", "transactionid", "transactionhash",
        "transaction-id", "transaction number", "transaction code", "transection hash", "transection id", "transaction",
        "txid/hash", "blockchain id", "blockchain transaction id", "signature", "transfer hash", "deposit hash",
        "withdrawal hash", "交易哈希", "交易哈希值", "转账哈希", "哈希", "哈希值", "交易hash", "转账hash", "交易id", "交易编号", "交易号",
        "区块链交易id", "链上哈希", "链上id", "交易流水", "转账id", "提币哈希", "充值哈希", "签名", "源链哈希", "目标链哈希", "해시", "해시값", "해쉬",
        "트랜잭션", "트랜잭션 해시", "트랜잭션해시", "트랜잭션id", "트랜잭션 id", "트랜젝션", "거래 해시", "거래해시", "거래 id", "거래id", "txid는",
        "tx해시", "서명",
    ]),
    (Sense::Foreign, &[
        "block hash", "blockhash", "block-hash", "hash of the block", "recent blockhash", "recent blockchain", "block id",
        "parent hash", "state root", "merkle root", "receipts root", "wtxid", "witness hash", "witness txid", "order id", "order no", "order number",
        "order-id", "orderid", "order", "ticket id", "ticket", "case id", "case number", "operation id", "operational id", "request id", "requestid",
        "withdrawal id", "withdraw id", "withdrawalid", "deposit id", "depositid", "reference", "reference number", "ref", "trade id", "tradeid",
        "transfer id", "transferid", "bridge transfer id", "bridge id", "message id", "messageid", "message hash", "session id", "sessionid", "device id", "deviceid",
        "trace id", "traceid", "uuid", "public key", "pubkey", "viewing key", "view key", "user id", "userid", "uid",
        "user no", "member id", "account id", "invoice id", "invoice", "payment hash", "preimage", "checksum", "sha256", "sha-256", "commit", "file hash",
        "userop hash", "block number", "block height", "block", "swap id", "exchange id", "internal id", "tracking id", "root hash",
        "区块哈希", "区块hash", "块哈希", "父哈希", "订单", "订单号", "订单编号", "订单id", "工单", "工单号", "公钥", "请求id", "流水号", "提现id", "提币id", "充值id",
        "跨链id", "用户id", "会员号", "设备号", "设备id", "案件号", "블록 해시", "블록해시", "주문번호", "주문 번호", "주문", "문의번호", "접수번호", "공개키", "퍼블릭키",
        "요청 id", "출금id", "출금 id", "입금id", "입금 id", "회원번호", "회원 번호", "티켓", "블록 높이", "블록 번호", "区块高度", "区块号", "区块",
    ]),
    (Sense::Example, &[
        "for example", "example", "e.g.", "e.g", "eg:", "looks like", "look like", "like this", "such as", "sample", "should look", "in the format", "format:",
        "例如", "比如", "譬如", "示例", "举例", "格式如", "如下格式", "类似", "예시", "예를 들어", "예를들어", "예:", "예)", "형식", "같은 형태",
    ]),
    (Sense::Key, &[
        "private key", "private-key", "privatekey", "privkey", "priv key", "priv. key", "secret key", "secretkey", "wallet key", "spending key", "signing key", "hex key",
        "raw key", "private hex", "pk", "pvk", "prv key", "private spend key", "key of my wallet", "key to my wallet", "wallet secret", "私钥", "私鑰", "密钥", "秘钥", "私匙", "钱包密钥", "钱包秘钥",
        "개인키", "개인 키", "비밀키", "비밀 키", "프라이빗키", "프라이빗 키", "지갑 키", "지갑키", "비공개키",
    ]),
    (Sense::Phrase, &[
        "seed phrase", "seedphrase", "seed words", "seed", "recovery phrase", "recovery words", "recovery seed", "secret phrase",
        "secret recovery phrase", "mnemonic", "mnemonic phrase", "mnemonics", "backup phrase", "backup words", "wallet phrase", "passphrase", "12 words", "24 words",
        "twelve words", "助记词", "助記詞", "种子短语", "种子词", "恢复短语", "注记词", "시드", "시드문구", "시드 문구", "시드구문", "시드 구문", "니모닉", "복구구문", "복구 구문", "복구문구",
        "복구 문구", "비밀복구구문", "비밀 복구 구문",
    ]),
    (Sense::ApiKey, &[
        "api key", "apikey", "api-key", "api secret", "apisecret", "api-secret", "api secret key", "api token", "access key", "accesskey", "access token",
        "secret", "client secret", "client id", "app secret", "secret access key", "bearer", "bearer token", "x-mbx-apikey", "ok-access-key", "ok-access-sign", "ok-access-passphrase",
        "api密钥", "api 密钥", "api秘钥", "api key是", "apikey是", "密钥对", "api키", "api 키", "시크릿키", "시크릿 키", "액세스키", "액세스 키", "api 시크릿",
        "bot token", "auth token", "session token", "refresh token",
    ]),
    (Sense::Password, &[
        "password", "passwd", "pwd", "passcode", "pass word", "login pass", "pass", "pin", "pin code", "fund password", "trading password", "account password",
        "密码", "密碼", "口令", "登录密码", "资金密码", "交易密码", "支付密码", "비밀번호", "비번", "패스워드", "암호", "핀번호", "비밀 번호",
    ]),
    (Sense::Totp, &[
        "totp", "totp secret", "totp key", "2fa secret", "2fa key", "2fa backup key", "backup key", "backup code", "recovery code", "recovery key", "authenticator key", "authenticator secret",
        "google authenticator", "ga key", "otp secret", "otp key", "2fa", "2fa backup code", "setup key", "谷歌验证码密钥", "谷歌验证密钥", "谷歌密钥", "谷歌验证器", "备份密钥", "备份码", "恢复码",
        "otp 키", "otp키", "otp 시크릿", "백업키", "백업 키", "백업 코드", "백업코드", "복구 코드", "복구코드", "구글 otp",
    ]),
    (Sense::Code, &[
        "verification code", "sms code", "email code", "otp", "otp code", "one-time code", "one time code", "one-time password", "2fa code", "security code", "auth code", "google code", "ga code",
        "anti-phishing code", "anti phishing code", "cvv", "cvc", "login code", "验证码", "驗證碼", "动态码", "短信码", "谷歌码", "防钓鱼码", "校验码", "인증번호", "인증 번호", "인증코드", "인증 코드", "otp번호", "otp 번호", "보안코드",
    ]),
    (Sense::Phone, &[
        "phone", "phone number", "phone no", "mobile", "mobile number", "cell", "tel", "telephone", "whatsapp", "contact number", "call me at", "call me on",
        "手机", "手机号", "手机号码", "电话", "電話", "联系电话", "联系方式", "微信", "전화", "전화번호", "연락처", "휴대폰", "핸드폰", "휴대폰번호", "폰번호",
    ]),
    (Sense::Document, &[
        "passport", "passport no", "passport number", "id number", "id card", "id no", "identity card", "national id", "ssn", "social security number", "driver license", "driving licence", "license number",
        "身份证", "身份证号", "身份证号码", "身分證", "护照", "护照号", "证件号", "주민등록번호", "주민번호", "여권", "여권번호", "운전면허", "신분증",
    ]),
    (Sense::Card, &[
        "card number", "credit card", "debit card", "bank card", "card no", "visa", "mastercard", "iban", "account number", "bank account", "银行卡", "银行卡号", "卡号", "银行账号",
        "카드번호", "카드 번호", "계좌", "계좌번호",
    ]),
    (Sense::To, &[
        "to", "to address", "sent to", "send to", "deposit address", "receiving address", "receive address", "receiver address", "receiver", "recipient", "recipient address", "destination",
        "destination address", "deposit wallet", "withdrawal address", "withdraw address", "receiving wallet", "target address", "to wallet", "into", "toaddress", "dest", "my deposit address",
        "充值地址", "充币地址", "收款地址", "接收地址", "收币地址", "转入地址", "目标地址", "提币地址", "提现地址", "到账地址", "接收方", "收款人", "入金地址", "转到", "转给", "打到", "发到", "发送到", "提到", "充到", "转入", "提币到", "提现到", "到", "至", "往",
        "받는주소", "받는 주소", "받은 주소", "받은주소", "입금주소", "입금 주소", "출금주소", "출금 주소", "수신주소", "수신 주소", "도착 주소", "도착주소", "입금 지갑", "수취 주소", "수취주소", "목적지",
    ]),
    (Sense::From, &[
        "from", "from address", "fromaddress", "sender", "sender address", "sending address", "sending wallet", "sending wallet address", "sent from", "source address", "source wallet", "origin address", "payer", "refund address", "return address", "change address",
        "转出地址", "发送地址", "付款地址", "发币地址", "转账地址", "来源地址", "发送方", "付款方", "从", "退回地址", "退币地址", "退款地址", "找零地址", "打款地址", "出金地址",
        "보낸주소", "보낸 주소", "보내는주소", "보내는 주소", "송신주소", "송신 주소", "발신주소", "발신 주소", "출발 주소", "보낸 지갑", "환불 주소", "환불주소", "반환 주소", "반환주소",
    ]),
    (Sense::Contract, &[
        "contract", "contract address", "smart contract", "token contract", "token address", "bridge contract", "token", "mint", "mint address", "token mint", "program", "program id", "router", "router address", "pool", "pair", "spender", "proxy", "implementation",
        "interacted with", "interacted with (to)", "合约", "合约地址", "代币合约", "代币地址", "智能合约", "컨트랙트", "컨트랙트 주소", "컨트랙트주소", "계약 주소", "토큰 주소", "토큰 컨트랙트",
    ]),
    (Sense::Address, &["address", "adress", "addr", "wallet", "wallet address", "account", "地址", "钱包地址", "钱包", "주소", "지갑주소", "지갑 주소", "지갑"]),
    (Sense::Gross, &[
        "amount", "amt", "quantity", "qty", "value", "sum", "total", "amount sent", "sent amount", "deposit amount", "withdrawal amount", "withdraw amount", "transfer amount", "total amount", "volume", "size", "gross", "requested",
        "数量", "數量", "金额", "金額", "充值金额", "充值数量", "提现金额", "提币数量", "提币金额", "提现数量", "转账金额", "转账数量", "总额", "跨链金额", "充币数量", "转账额", "币量",
        "수량", "금액", "입금수량", "입금 수량", "입금액", "입금 금액", "출금수량", "출금 수량", "출금액", "출금 금액", "보낸 수량", "전송 수량", "전송수량", "송금액", "총액",
    ]),
    (Sense::Net, &[
        "received", "receive", "receives", "net", "net amount", "received amount", "amount received", "receive amount", "arrival amount", "arrived", "after fee", "to be received", "actual amount", "credited amount",
        "到账", "实际到账", "到账金额", "到账数量", "实到", "实收", "净额", "应到账", "到手", "预计到账", "实际到账数量", "入账数量", "입금예정", "실수령", "실수령액", "수령액", "실제 수령", "실입금", "받은 수량", "수령 수량", "도착 수량", "수령",
    ]),
    (Sense::Fee, &[
        "fee", "transaction fee", "transactionfee", "network fee", "miner fee", "mining fee", "gas", "gas fee", "gas price", "gas used", "gas limit", "withdrawal fee", "withdraw fee", "txfee", "tx fee", "service fee", "commission", "charge", "charged", "processing fee", "energy fee",
        "手续费", "手續費", "矿工费", "网络费", "提币费", "提现费", "燃料费", "gas费", "服务费", "油费", "能量费", "转账费", "网络手续费", "提币手续费", "提现手续费", "수수료", "출금수수료", "출금 수수료", "네트워크 수수료", "가스비", "가스 비", "전송수수료", "전송 수수료", "채굴수수료", "가스",
    ]),
    (Sense::Balance, &[
        "balance", "balances", "available", "remaining", "remain", "left in", "my account shows", "wallet shows", "holdings", "funds available", "portfolio", "before that i had", "i had", "i have", "account had", "previously deposited", "previous deposit", "earlier deposit", "bonus", "reward", "rewards",
        "余额", "餘額", "账户余额", "可用", "剩余", "资产", "原来有", "之前有", "还剩", "只剩", "冻结", "奖励", "잔액", "잔고", "보유", "보유량", "남은", "남아", "잔여", "보너스", "기존",
    ]),
    (Sense::Limit, &[
        "minimum", "min", "min deposit", "minimum deposit", "mindeposit", "minimum withdrawal", "at least", "maximum", "max", "limit", "daily limit", "threshold", "less than", "more than", "up to", "no less than", "above the minimum", "24h limit", "quota",
        "最低", "最小", "最少", "最低充值", "最小充值", "最低充值金额", "最小充币", "起充", "起提", "限额", "上限", "下限", "额度", "至少", "不低于", "门槛", "最高", "最大", "每日限额", "최소", "최소입금", "최소 입금", "최소수량", "최소 수량", "최소입금수량", "최대", "한도", "출금한도", "출금 한도", "이상",
    ]),
    (Sense::Price, &[
        "worth", "price", "priced", "valued", "equivalent", "equals", "equal to", "rate", "exchange rate", "mark price", "entry price", "liquidation price", "approx value", "in usd", "usd value", "current price", "at price",
        "价值", "价格", "单价", "市价", "汇率", "折合", "约合", "相当于", "估值", "标记价格", "强平价", "成本价", "开仓价", "시세", "가격", "어치", "상당", "가치", "단가", "환율", "평단",
    ]),
    (Sense::Loss, &[
        "lost", "loss", "losses", "pnl", "profit", "margin", "compensation", "compensate", "leverage", "损失", "亏损", "亏了", "保证金", "盈利", "赔偿", "补偿", "杠杆", "손실", "손해", "수익", "증거금", "보상", "레버리지",
    ]),
    (Sense::Count, &[
        "confirmations", "confirmation", "confirms", "confs", "conf", "blocks", "block", "nonce", "sat/vb", "sats/vb", "gwei", "sat/byte", "index", "height", "level", "ledger", "ledger index", "sequence", "logical time", "version", "error", "error code", "code", "step", "day", "attempt", "status", "confirmno", "wallettype", "transfertype", "status code", "http", "port", "chain id", "chainid",
        "确认", "确认数", "确认次数", "已确认", "区块高度", "高度", "区块", "错误码", "版本", "컨펌", "컨펌수", "확인수", "블록", "에러코드", "오류코드", "버전", "단계",
    ]),
    (Sense::Sent, &[
        "sent", "send", "sending", "transfer", "transferred", "transfered", "transferring", "deposited", "deposit", "deposite", "withdrew", "withdraw", "withdrawn", "withdrawal", "moved", "paid", "topped up", "top up", "top-up", "swapped", "swap", "exchanged", "bridged", "bridge", "converted", "recover", "send out", "purchased", "bought", "withdrawed", "missing",
        "充", "充值", "充值了", "充了", "充币", "转", "转了", "转账", "轉", "提", "提了", "提现", "提币", "发", "发了", "打了", "打款", "汇", "汇了", "存", "存了", "付了", "付款", "支付", "跨链", "兑换", "换", "跨", "走了",
        "보냈", "보낸", "보내", "전송", "송금", "입금", "출금", "이체", "충전", "스왑", "넣었", "브릿지",
    ]),
    (Sense::Memo, &[
        "memo", "memo id", "memo number", "memo code", "memoid", "memo/tag", "tag/memo", "tag", "destination tag", "destinationtag", "dest tag", "desttag", "destination-tag", "deposit tag", "deposits tag", "xrp tag", "tag number", "tag id", "tag no", "dt", "message id for deposit", "payment id", "paymentid", "comment", "deposit memo", "deposit comment", "memo tag", "tage",
        "标签", "標籤", "标签号", "地址标签", "备注", "備註", "备注码", "备忘", "目标标签", "目的标签", "附言", "留言", "메모", "메모값", "태그", "태그값", "데스티네이션 태그", "데스티네이션태그", "목적지 태그", "목적지태그", "태그번호", "태그 번호", "2차주소", "2차 주소", "메모 번호",
    ]),
    (Sense::CoinLabel, &["coin", "currency", "asset", "coin/token", "token name", "symbol", "ticker", "crypto", "币种", "币別", "资产", "币", "代币", "코인", "종류", "코인명", "자산", "통화"]),
    (Sense::ChainLabel, &["network", "chain", "blockchain", "chain type", "net", "网络", "主网", "链", "公链", "通道", "充值网络", "提币网络", "转账网络", "链名称", "链类型", "네트워크", "체인", "망", "메인넷"]),
    (Sense::Not, &[
        "no", "not", "never", "without", "didn't", "did not", "don't", "do not", "haven't", "have not", "isn't", "wasn't", "won't", "can't", "cannot", "forgot", "missing", "none", "没", "没有", "未", "无", "不", "不是", "忘", "忘了", "忘记", "漏", "안", "못", "않", "없", "없이", "누락", "아직",
    ]),
    (Sense::Exchange, &[
        "binance", "okx", "okex", "bybit", "kucoin", "huobi", "houbi", "htx", "gate.io", "gateio", "gate", "kraken", "coinbase", "bitfinex", "upbit", "ubit", "bithumb", "mexc", "bitget", "hitbtc", "bittrex", "poloniex", "bitstamp", "crypto.com", "bingx", "coinone", "korbit", "gopax", "lbank", "coinex", "bitmart", "probit", "whitebit", "gemini", "cex.io", "cex", "exmo", "yobit", "changelly", "cryptopia", "nicehash", "bitmex", "deribit", "wazirx", "indodax", "bitflyer", "coincheck", "bitso", "mercado bitcoin", "busha", "uphold", "bitrue", "xt.com", "ascendex", "phemex", "biconomy", "unocoin", "bter", "nexo", "paypal", "revolut", "robinhood", "exchange account", "the exchange", "an exchange", "your exchange", "your platform", "exchange wallet", "exchange",
        "币安", "欧易", "火币", "芝麻开门", "抹茶", "库币", "交易所", "你们平台", "贵平台", "平台", "你们", "贵司", "바이낸스", "업비트", "빗썸", "코인원", "코빗", "고팍스", "바이비트", "오케이엑스", "비트겟", "쿠코인", "거래소", "귀사",
    ]),
    (Sense::Wallet, &[
        "metamask", "meta mask", "trust wallet", "trustwallet", "trust", "phantom", "ledger nano", "ledger live", "ledger", "trezor", "exodus", "coinomi", "electrum", "tronlink", "imtoken", "tokenpocket", "keplr", "safepal", "solflare", "atomic wallet", "tonkeeper", "mycelium", "blockchain.info", "blockchain wallet", "myetherwallet", "mew", "mist", "jaxx", "toast wallet", "xumm", "xaman", "coinbase wallet", "okx wallet", "bitget wallet", "rabby", "onekey", "my wallet", "own wallet", "personal wallet", "private wallet", "hardware wallet", "cold wallet", "external wallet", "desktop wallet", "paper wallet", "wallet",
        "小狐狸", "小狐狸钱包", "冷钱包", "我的钱包", "个人钱包", "自己的钱包", "钱包", "外部钱包", "메타마스크", "개인지갑", "개인 지갑", "내 지갑", "제 지갑", "지갑", "팬텀", "트러스트월렛", "카이카스", "렛저",
    ]),
];
