//! Coins and networks by the names that people call them by.

/// A network, and what its names are.
#[derive(Debug)]
pub(crate) struct Chain {
    /// The network's name in this program.
    pub(crate) name: &'static str,
    /// `evm`, `bitcoin`, `tron`, `solana`, `xrpl`; other families have no name here.
    pub(crate) family: &'static str,
    /// What people call it. Names that also are a coin's stand in [`COINS`] too.
    pub(crate) names: &'static [&'static str],
}

/// A coin, and what its names are.
#[derive(Debug)]
pub(crate) struct Coin {
    /// Its ticker.
    pub(crate) ticker: &'static str,
    /// The network whose own coin it is, or the only one that carries it.
    pub(crate) network: Option<&'static str>,
    /// Whether it stands for a US dollar.
    pub(crate) dollar: bool,
    /// Whether the ticker is also a word, so that it is one only in capitals.
    pub(crate) is_word: bool,
    /// What people call it.
    pub(crate) names: &'static [&'static str],
}

impl PartialEq for Chain {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
impl Eq for Chain {}

impl PartialEq for Coin {
    fn eq(&self, other: &Self) -> bool {
        self.ticker == other.ticker
    }
}
impl Eq for Coin {}

/// The coin of a ticker.
pub(crate) fn coin(ticker: &str) -> Option<&'static Coin> {
    COINS.iter().find(|coin| coin.ticker == ticker)
}

/// The network of a name of this program.
pub(crate) fn chain(name: &str) -> Option<&'static Chain> {
    CHAINS.iter().find(|chain| chain.name == name)
}

const fn own(ticker: &'static str, network: &'static str, names: &'static [&'static str]) -> Coin {
    Coin { ticker, network: Some(network), dollar: false, is_word: false, names }
}

const fn word(ticker: &'static str, network: &'static str, names: &'static [&'static str]) -> Coin {
    Coin { ticker, network: Some(network), dollar: false, is_word: true, names }
}

const fn dollar(ticker: &'static str, names: &'static [&'static str]) -> Coin {
    Coin { ticker, network: None, dollar: true, is_word: false, names }
}

const fn token(ticker: &'static str, names: &'static [&'static str]) -> Coin {
    Coin { ticker, network: None, dollar: false, is_word: false, names }
}

const fn token_word(ticker: &'static str, names: &'static [&'static str]) -> Coin {
    Coin { ticker, network: None, dollar: false, is_word: true, names }
}

/// Networks. The names of this program's built-in ones are those of its configuration.
#[rustfmt::skip]
pub(super) const CHAINS: &[Chain] = &[
    Chain { name: "ethereum", family: "evm", names: &[
        "ethereum", "etherium", "etherum", "erc20", "erc-20", "erc 20", "ecr20", "eth network", "eth chain",
        "eth mainnet", "以太坊", "以太网络", "以太链", "eth链", "eth 链", "eth网络", "eth主网", "erc20链", "이더리움",
        "이더리움 네트워크", "이더 네트워크", "etherscan",
    ] },
    Chain { name: "ethereum-sepolia", family: "evm", names: &["sepolia"] },
    Chain { name: "bsc", family: "evm", names: &[
        "bsc", "bep20", "bep-20", "bep 20", "beb20", "bnb smart chain", "binance smart chain", "bnb chain",
        "bnbchain", "bnb smartchain", "smart chain", "bscscan", "币安智能链", "币安链", "bsc链", "bnb链",
        "바이낸스 스마트체인", "바이낸스스마트체인", "바이낸스 스마트 체인", "bnb체인", "bnb 체인", "bnb스마트체인",
        "비에스씨",
    ] },
    Chain { name: "polygon", family: "evm", names: &[
        "polygon", "polygon pos", "matic network", "matic chain", "matic链", "polygonscan", "폴리곤", "多边形链",
        "马蹄链", "poly链",
    ] },
    Chain { name: "arbitrum", family: "evm", names: &[
        "arbitrum", "arbitrum one", "arbitrumone", "arb one", "arb链", "arb网络", "arbiscan", "아비트럼",
        "아비트리움", "아비트럼원",
    ] },
    Chain { name: "optimism", family: "evm", names: &[
        "optimism", "optimistic", "optimistic ethereum", "옵티미즘망", "op망", "옵티", "op mainnet", "optimism mainnet", "op链", "op网络", "옵티미즘",
    ] },
    Chain { name: "base", family: "evm", names: &[
        "base network", "base chain", "base mainnet", "on base", "via base", "base链", "base网络", "到base",
        "网络base", "basescan", "베이스 네트워크", "베이스 체인", "베이스체인", "network base", "to base",
        "through base", "base上", "베이스망", "base망", "base",
    ] },
    Chain { name: "avalanche", family: "evm", names: &[
        "avalanche", "avalanche c-chain", "avalanche c chain", "avax c-chain", "avax c chain", "avaxc", "c-chain",
        "c链", "雪崩", "雪崩链", "avax链", "snowtrace", "아발란체", "아발란치",
    ] },
    Chain { name: "fantom", family: "evm", names: &["fantom", "ftmscan", "팬텀 네트워크"] },
    Chain { name: "gnosis", family: "evm", names: &["gnosis chain", "xdai chain", "xdai network", "gnosisscan"] },
    Chain { name: "zksync", family: "evm", names: &["zksync", "zksync era", "지케이싱크"] },
    Chain { name: "linea", family: "evm", names: &["linea"] },
    Chain { name: "scroll", family: "evm", names: &["scroll network", "scroll mainnet"] },
    Chain { name: "mantle", family: "evm", names: &["mantle"] },
    Chain { name: "blast", family: "evm", names: &["blast network", "blast mainnet", "blastscan"] },
    Chain { name: "opbnb", family: "evm", names: &["opbnb"] },
    Chain { name: "celo", family: "evm", names: &["celo network", "celoscan"] },
    Chain { name: "cronos", family: "evm", names: &["cronos"] },
    Chain { name: "moonbeam", family: "evm", names: &["moonbeam"] },
    Chain { name: "pulsechain", family: "evm", names: &["pulsechain", "pulse chain"] },
    Chain { name: "heco", family: "evm", names: &["heco", "火币生态链"] },
    Chain { name: "okc", family: "evm", names: &["oktc", "okexchain", "okc链", "okx chain", "x layer", "xlayer"] },
    Chain { name: "kaia", family: "evm", names: &["kaia", "klaytn", "클레이튼", "카이아"] },
    Chain { name: "ethereum-classic", family: "evm", names: &[
        "ethereum classic", "ethereumclassic", "以太经典", "以太坊经典", "이더리움 클래식", "이더리움클래식",
    ] },
    Chain { name: "conflux", family: "", names: &["conflux core", "conflux", "cfx core", "树图"] },
    Chain { name: "bitcoin", family: "bitcoin", names: &[
        "bitcoin", "bitcoin network", "btc network", "btc chain", "segwit", "比特币", "比特幣", "btc链", "btc网络",
        "btc主网", "비트코인", "비트코인 네트워크",
    ] },
    Chain { name: "lightning", family: "", names: &["lightning network", "闪电网络", "라이트닝 네트워크", "라이트닝"] },
    Chain { name: "omni", family: "bitcoin", names: &["omni", "omni layer", "omnilayer", "usdt-omni", "옴니"] },
    Chain { name: "litecoin", family: "bitcoin", names: &[
        "litecoin", "litcoin", "lite coin", "莱特币", "萊特幣", "라이트코인",
    ] },
    Chain { name: "dogecoin", family: "bitcoin", names: &["dogecoin", "doge coin", "狗狗币", "狗狗幣", "도지코인"] },
    Chain { name: "bitcoin-cash", family: "bitcoin", names: &[
        "bitcoin cash", "bitcoincash", "比特币现金", "比特现金", "비트코인캐시", "비트코인 캐시",
    ] },
    Chain { name: "bitcoin-sv", family: "bitcoin", names: &["bitcoin sv"] },
    Chain { name: "dash", family: "bitcoin", names: &["dash network", "达世币", "대시코인"] },
    Chain { name: "zcash", family: "bitcoin", names: &["zcash", "大零币", "지캐시"] },
    Chain { name: "ravencoin", family: "bitcoin", names: &["ravencoin", "渡鸦币"] },
    Chain { name: "digibyte", family: "bitcoin", names: &["digibyte", "极特币"] },
    Chain { name: "qtum", family: "bitcoin", names: &["qtum", "量子链", "퀀텀"] },
    Chain { name: "reddcoin", family: "bitcoin", names: &["reddcoin"] },
    Chain { name: "vertcoin", family: "bitcoin", names: &["vertcoin"] },
    Chain { name: "tron", family: "tron", names: &[
        "tron", "trc20", "trc-20", "trc 20", "trc-10", "trc10", "tron network", "trx network", "trx chain", "trx链",
        "trx网络", "tronscan", "波场", "波場", "트론", "트론 네트워크",
    ] },
    Chain { name: "solana", family: "solana", names: &[
        "solana", "spl token", "spl", "sol network", "sol chain", "sol链", "sol网络", "solscan", "索拉纳", "솔라나",
    ] },
    Chain { name: "xrpl", family: "xrpl", names: &[
        "xrpl", "xrp ledger", "ripple network", "xrp network", "ripple", "瑞波", "瑞波币", "리플", "xrpscan",
        "bithomp",
    ] },
    Chain { name: "ton", family: "", names: &[
        "ton network", "ton chain", "ton blockchain", "the open network", "ton链", "ton上", "ton网络", "on ton",
        "via ton", "tonviewer", "tonscan", "톤 네트워크", "톤코인", "toncoin", "jetton", "ton 네트워크",
    ] },
    Chain { name: "stellar", family: "", names: &[
        "stellar", "stellar lumens", "stellar network", "恒星币", "恒星链", "스텔라", "스텔라루멘",
    ] },
    Chain { name: "cosmos", family: "", names: &["cosmos", "cosmos hub", "mintscan", "宇宙币", "코스모스", "阿童木"] },
    Chain { name: "osmosis", family: "", names: &["osmosis"] },
    Chain { name: "terra", family: "", names: &["terra classic", "terra", "테라"] },
    Chain { name: "kava", family: "", names: &["kava"] },
    Chain { name: "injective", family: "", names: &["injective", "인젝티브"] },
    Chain { name: "sei", family: "", names: &["sei network", "세이 네트워크"] },
    Chain { name: "eos", family: "", names: &["eos network", "vaulta", "eos mainnet", "eos链", "eos网络", "柚子币", "柚子", "이오스", "bloks.io"] },
    Chain { name: "cardano", family: "", names: &["cardano", "艾达币", "카르다노", "에이다", "cardanoscan"] },
    Chain { name: "polkadot", family: "", names: &["polkadot", "波卡", "폴카닷", "asset hub", "assethub"] },
    Chain { name: "kusama", family: "", names: &["kusama"] },
    Chain { name: "aptos", family: "", names: &["aptos", "앱토스"] },
    Chain { name: "sui", family: "", names: &["sui network", "sui链", "suiscan", "suivision", "수이"] },
    Chain { name: "near", family: "", names: &["near protocol", "near network", "nearblocks", "니어"] },
    Chain { name: "algorand", family: "", names: &["algorand", "알고랜드"] },
    Chain { name: "hedera", family: "", names: &["hedera", "헤데라"] },
    Chain { name: "monero", family: "", names: &["monero", "门罗币", "모네로"] },
    Chain { name: "neo", family: "", names: &["neo network", "小蚁", "네오"] },
    Chain { name: "nem", family: "", names: &["nem network", "新经币"] },
    Chain { name: "nervos", family: "", names: &["nervos"] },
    Chain { name: "filecoin", family: "", names: &["filecoin", "文件币", "파일코인"] },
    Chain { name: "tezos", family: "", names: &["tezos", "테조스"] },
    Chain { name: "iota", family: "", names: &["iota"] },
    Chain { name: "vechain", family: "", names: &["vechain", "唯链", "비체인"] },
    Chain { name: "icp", family: "", names: &["internet computer"] },
    Chain { name: "starknet", family: "", names: &["starknet", "스타크넷"] },
    Chain { name: "kaspa", family: "", names: &["kaspa"] },
    Chain { name: "bnb-beacon", family: "", names: &[
        "bep2", "bep-2", "beacon chain", "bnb beacon chain", "币安信标链",
    ] },
    Chain { name: "theta", family: "", names: &["theta network", "쎄타"] },
    Chain { name: "bitshares", family: "", names: &["bitshares", "比特股"] },
    Chain { name: "steem", family: "", names: &["steem", "스팀"] },
    Chain { name: "harmony", family: "", names: &["harmony"] },
    Chain { name: "helium", family: "", names: &["helium"] },
    Chain { name: "stacks", family: "", names: &["stacks"] },
    Chain { name: "ontology", family: "", names: &["ontology", "本体"] },
];

/// Coins.
#[rustfmt::skip]
pub(super) const COINS: &[Coin] = &[
    dollar("USDT", &[
        "usdt", "usd₮", "tether", "tether usd", "테더", "泰达币", "泰達幣", "泰达", "usdt20", "유에스디티",
    ]),
    dollar("USDC", &["usdc", "usd coin", "usdc.e", "유에스디씨"]),
    dollar("BUSD", &["busd"]),
    dollar("DAI", &["dai"]),
    dollar("TUSD", &["tusd"]),
    dollar("FDUSD", &["fdusd"]),
    dollar("USDD", &["usdd"]),
    dollar("USDE", &["usde"]),
    dollar("PYUSD", &["pyusd"]),
    own("BTC", "bitcoin", &["btc", "bitcoin", "xbt", "比特币", "比特幣", "大饼", "비트코인", "비트"]),
    own("ETH", "ethereum", &[
        "eth", "ether", "ethereum", "etherium", "etherum", "以太坊", "以太币", "以太", "姨太", "이더리움", "이더",
    ]),
    token("WBTC", &["wbtc", "wrapped btc", "wrapped bitcoin"]),
    token("WETH", &["weth", "wrapped eth", "wrapped ether"]),
    token("STETH", &["steth"]),
    own("XRP", "xrpl", &["xrp", "xrps", "ripple", "ripples", "瑞波币", "瑞波", "리플", "엑스알피"]),
    own("TRX", "tron", &["trx", "tron", "tronix", "波场币", "波场", "트론", "트론코인"]),
    own("SOL", "solana", &["sol", "solana", "索拉纳", "솔라나"]),
    own("BNB", "bsc", &["bnb", "币安币", "비앤비", "바이낸스코인"]),
    own("LTC", "litecoin", &["ltc", "litecoin", "litcoin", "lite coin", "莱特币", "萊特幣", "莱特", "라이트코인"]),
    own("DOGE", "dogecoin", &["doge", "dogecoin", "doge coin", "狗狗币", "狗狗幣", "狗币", "도지코인", "도지"]),
    own("BCH", "bitcoin-cash", &[
        "bch", "bcc", "bitcoin cash", "bitcoincash", "比特币现金", "比特现金", "비트코인캐시", "비트코인 캐시",
    ]),
    own("BSV", "bitcoin-sv", &["bsv", "bitcoin sv"]),
    own("ETC", "ethereum-classic", &[
        "ethereum classic", "ethereumclassic", "以太经典", "以太坊经典", "이더리움클래식", "이더리움 클래식", "이클",
    ]),
    word("ETC", "ethereum-classic", &["etc"]),
    own("XLM", "stellar", &["xlm", "lumen", "stellar lumens", "stellar", "恒星币", "스텔라루멘", "스텔라"]),
    word("TON", "ton", &["ton", "toncoin", "톤코인", "톤"]),
    own("ATOM", "cosmos", &["cosmos", "阿童木", "宇宙币", "코스모스", "아톰"]),
    word("ATOM", "cosmos", &["atom"]),
    own("EOS", "eos", &["eos", "柚子币", "柚子", "이오스"]),
    own("ADA", "cardano", &["cardano", "艾达币", "에이다"]),
    word("ADA", "cardano", &["ada"]),
    own("POL", "polygon", &["폴"]),
    word("POL", "polygon", &["pol"]),
    own("MATIC", "polygon", &["matic", "polygen", "매틱", "马蹄"]),
    own("AVAX", "avalanche", &["avax", "雪崩币", "아발란체", "아발란치"]),
    own("DASH", "dash", &["达世币", "대시코인"]),
    word("DASH", "dash", &["dash"]),
    own("ZEC", "zcash", &["zec", "zcash", "지캐시"]),
    own("XMR", "monero", &["xmr", "monero", "门罗币", "모네로"]),
    own("XEM", "nem", &["xem", "新经币"]),
    own("NEO", "neo", &["neo", "小蚁", "네오"]),
    own("QTUM", "qtum", &["qtum", "量子链", "퀀텀"]),
    own("RVN", "ravencoin", &["rvn", "ravencoin"]),
    own("DGB", "digibyte", &["dgb", "digibyte"]),
    own("RDD", "reddcoin", &["rdd", "reddcoin"]),
    own("BTS", "bitshares", &["bts", "bitshares"]),
    own("VTC", "vertcoin", &["vtc", "vertcoin"]),
    own("BTG", "bitcoin-gold", &["btg", "bitcoin gold"]),
    own("DOT", "polkadot", &["polkadot", "波卡", "폴카닷"]),
    word("DOT", "polkadot", &["dot"]),
    own("KSM", "kusama", &["ksm", "kusama"]),
    own("APT", "aptos", &["aptos", "앱토스"]),
    word("APT", "aptos", &["apt"]),
    word("SUI", "sui", &["sui", "수이"]),
    word("NEAR", "near", &["near"]),
    own("ALGO", "algorand", &["algo", "algorand", "알고랜드"]),
    own("HBAR", "hedera", &["hbar", "헤데라"]),
    own("FIL", "filecoin", &["filecoin", "文件币", "파일코인"]),
    word("FIL", "filecoin", &["fil"]),
    own("XTZ", "tezos", &["xtz", "tezos", "테조스"]),
    own("ICP", "icp", &["icp"]),
    own("IOTA", "iota", &["iota", "miota"]),
    own("VET", "vechain", &["vechain", "비체인"]),
    word("VET", "vechain", &["vet"]),
    own("LUNA", "terra", &["lunc", "루나"]),
    word("LUNA", "terra", &["luna"]),
    own("OSMO", "osmosis", &["osmo"]),
    own("INJ", "injective", &["inj", "인젝티브"]),
    own("SEI", "sei", &["sei"]),
    own("KAVA", "kava", &["kava"]),
    own("TIA", "celestia", &["celestia"]),
    word("TIA", "celestia", &["tia"]),
    own("KAS", "kaspa", &["kaspa"]),
    word("KAS", "kaspa", &["kas"]),
    own("FTM", "fantom", &["ftm", "fantom"]),
    own("CRO", "cronos", &["cro"]),
    own("KLAY", "kaia", &["klay", "클레이"]),
    own("CFX", "conflux", &["cfx"]),
    own("CKB", "nervos", &["ckb"]),
    own("STX", "stacks", &["stx"]),
    own("HNT", "helium", &["hnt"]),
    word("ONE", "harmony", &["one"]),
    own("STEEM", "steem", &["스팀"]),
    own("SBD", "steem", &["sbd", "스팀달러"]),
    own("NXT", "nxt", &["nxt"]),
    own("SC", "siacoin", &["siacoin"]),
    own("XVG", "verge", &["xvg"]),
    own("ONT", "ontology", &["ontology"]),
    word("ONT", "ontology", &["ont"]),
    own("GAS", "neo", &["neo gas"]),
    own("XDAI", "gnosis", &["xdai"]),
    own("STRK", "starknet", &["strk"]),
    token("ARB", &["arb", "아비트럼 토큰"]),
    token_word("OP", &["op"]),
    token("SHIB", &["shib", "shiba inu", "shiba", "柴犬币", "시바이누", "시바"]),
    token("PEPE", &["pepe", "페페"]),
    token_word("LINK", &["link", "chainlink", "체인링크"]),
    token_word("UNI", &["uni", "uniswap token"]),
    token("AAVE", &["aave"]),
    token("MKR", &["mkr"]),
    token_word("CRV", &["crv"]),
    token_word("SAND", &["sand", "샌드박스"]),
    token_word("MANA", &["mana"]),
    token_word("APE", &["ape"]),
    token("CHZ", &["chz", "칠리즈"]),
    token("AXS", &["axs"]),
    token("SLP", &["slp"]),
    token("FLOKI", &["floki"]),
    token("BONK", &["bonk"]),
    token("WIF", &["dogwifhat"]),
    token("JUP", &["jup"]),
    token("RAY", &["raydium"]),
    token("BTT", &["btt", "bittorrent"]),
    token("JST", &["jst"]),
    token_word("SUN", &["sun"]),
    token_word("WIN", &["winklink"]),
    token("NFT", &["apenft"]),
    token("OMG", &["omg"]),
    token("ZRX", &["zrx"]),
    token("BAT", &["basic attention token"]),
    token_word("BAT", &["bat"]),
    token("ENJ", &["enj"]),
    token("GRT", &["grt"]),
    token("IMX", &["imx"]),
    token("LDO", &["ldo"]),
    token_word("MASK", &["mask"]),
    token("CAKE", &["pancakeswap token"]),
    token_word("CAKE", &["cake"]),
    token_word("WLD", &["wld", "worldcoin", "월드코인"]),
    token("NOT", &["notcoin", "노트코인"]),
    token("DOGS", &["dogs token"]),
    token("HMSTR", &["hmstr", "hamster kombat"]),
    token("ORDI", &["ordi"]),
    token("SATS", &["1000sats"]),
    token("HT", &["huobi token"]),
    token("OKB", &["okb"]),
    token("GT", &["gatetoken"]),
    token("KCS", &["kcs"]),
    token("LEO", &["unus sed leo"]),
    token("PAXG", &["paxg"]),
    token("EURC", &["eurc"]),
    token("EURT", &["eurt"]),
    token("QNT", &["qnt"]),
    token("RNDR", &["rndr", "render token"]),
    token("FET", &["fet"]),
    token("ENS", &["ens token"]),
    token("SNX", &["snx"]),
    token("COMP", &["compound token"]),
    token("1INCH", &["1inch"]),
    token("BORA", &["보라 코인", "보라코인"]),
    token("WEMIX", &["wemix", "위믹스"]),
];
