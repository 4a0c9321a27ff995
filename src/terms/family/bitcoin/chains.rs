//! The chains of the family and what tells them apart: one table.

use serde::{Deserialize, Serialize};

/// Which chain of Bitcoin's family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BitcoinChain {
    /// The money.
    Mainnet,
    /// The third public test network.
    Testnet3,
    /// The fourth public test network.
    Testnet4,
    /// The signed test network.
    Signet,
    /// A private chain that mines on demand.
    Regtest,
    /// Litecoin.
    Litecoin,
    /// Litecoin's fourth test network, the public one.
    LitecoinTestnet,
    /// Dogecoin.
    Dogecoin,
    /// Dogecoin's third test network, the public one.
    DogecoinTestnet,
    /// Bitcoin Cash.
    BitcoinCash,
}

/// What tells one chain from the others.
#[expect(clippy::struct_excessive_bools, reason = "each holds or not, whatever the others do")]
pub(super) struct Parameters {
    /// Height and hash of a block that no other chain has, by which a source shows which chain it follows.
    pub mark: (u64, &'static str),
    /// Ticker of its coin.
    pub coin: &'static str,
    /// Its coin has a value.
    pub is_main: bool,
    /// Base58 version of an address of a key.
    pub key: u8,
    /// Base58 version of an address of a script.
    pub script: u8,
    /// The version by which addresses of scripts were written before, and which is still read.
    pub former_script: Option<u8>,
    /// Prefix of addresses of witness programs (BIP 173).
    pub bech32: Option<&'static str>,
    /// Prefix of addresses in the form of Bitcoin Cash, which is written instead of base58.
    pub cash: Option<&'static str>,
    /// Usual seconds between two blocks.
    pub block_seconds: u64,
    /// Confirmations after which its own wallet calls a payment final.
    pub confirmations: u64,
    /// The hash of a block is the work that it cost; elsewhere that is another function of the header.
    pub hash_is_work: bool,
    /// Its blocks may be mined along with another chain's, whose header then follows their own (auxiliary proof of work).
    pub merged: bool,
    /// A transaction in the mempool gives way to one that pays more (BIP 125).
    pub replaces: bool,
    /// Its transactions may carry a part for the extension block (LIP-0003).
    pub extension: bool,
    /// Its outputs may carry tokens (CHIP-2022-02).
    pub tokens: bool,
}

const BITCOIN: Parameters = Parameters {
    // The first block after the fork of Bitcoin Cash, which has the same block 0.
    mark: (478_559, "00000000000000000019f112ec0a9982926f1258cdcc558dd7c3b7e5dc7fa148"),
    coin: "BTC",
    is_main: true,
    key: 0x00,
    script: 0x05,
    former_script: None,
    bech32: Some("bc"),
    cash: None,
    block_seconds: 600,
    confirmations: 6,
    hash_is_work: true,
    merged: false,
    replaces: true,
    extension: false,
    tokens: false,
};

const TESTNET: Parameters = Parameters {
    mark: (0, "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943"),
    is_main: false,
    key: 0x6f,
    script: 0xc4,
    bech32: Some("tb"),
    ..BITCOIN
};

/// Versions, prefixes and blocks 0: `chainparams.cpp` of Litecoin Core, Dogecoin Core and Bitcoin Cash Node.
const LITECOIN: Parameters = Parameters {
    mark: (0, "12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2"),
    coin: "LTC",
    key: 0x30,
    script: 0x32,
    former_script: Some(0x05),
    bech32: Some("ltc"),
    block_seconds: 150,
    hash_is_work: false,
    extension: true,
    ..BITCOIN
};

const DOGECOIN: Parameters = Parameters {
    mark: (0, "1a91e3dace36e2be3bf030a65679fe821aa1d6ef92e7c9902eb318182c355691"),
    coin: "DOGE",
    key: 0x1e,
    script: 0x16,
    bech32: None,
    block_seconds: 60,
    hash_is_work: false,
    merged: true,
    ..BITCOIN
};

impl BitcoinChain {
    /// Every chain.
    pub(super) const ALL: [Self; 10] = [
        Self::Mainnet,
        Self::Testnet3,
        Self::Testnet4,
        Self::Signet,
        Self::Regtest,
        Self::Litecoin,
        Self::LitecoinTestnet,
        Self::Dogecoin,
        Self::DogecoinTestnet,
        Self::BitcoinCash,
    ];

    /// Its row of the table.
    pub(super) fn parameters(self) -> Parameters {
        match self {
            Self::Mainnet => BITCOIN,
            Self::Testnet3 => TESTNET,
            Self::Testnet4 => {
                let mark = (0, "00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043");
                Parameters { mark, ..TESTNET }
            }
            Self::Signet => {
                let mark = (0, "00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6");
                Parameters { mark, ..TESTNET }
            }
            Self::Regtest => {
                let mark = (0, "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206");
                Parameters { mark, bech32: Some("bcrt"), ..TESTNET }
            }
            Self::Litecoin => LITECOIN,
            Self::LitecoinTestnet => Parameters {
                mark: (0, "4966625a4b2851d9fdee139e56211a0d88575f59ed816ff5e6a63deb4e3e29a0"),
                is_main: false,
                key: 0x6f,
                script: 0x3a,
                former_script: Some(0xc4),
                bech32: Some("tltc"),
                ..LITECOIN
            },
            Self::Dogecoin => DOGECOIN,
            Self::DogecoinTestnet => Parameters {
                mark: (0, "bb0a78264637406b6360aad926284d544d7049f45189db5664f3c4d07350559e"),
                is_main: false,
                key: 0x71,
                script: 0xc4,
                ..DOGECOIN
            },
            Self::BitcoinCash => Parameters {
                // The first block after the fork of eCash, the last of those that share what came before.
                mark: (661_648, "0000000000000000029e471c41818d24b8b74c911071c4ef0b4a0509f9b5a8ce"),
                coin: "BCH",
                bech32: None,
                cash: Some("bitcoincash"),
                // Ten: its nodes take no block back that is buried so deep (`-maxreorgdepth`).
                confirmations: 10,
                replaces: false,
                tokens: true,
                ..BITCOIN
            },
        }
    }

    /// The parameters of Bitcoin's own chains: how much work a header has to hold; nothing for its kin.
    pub fn params(self) -> Option<bitcoin::Network> {
        match self {
            Self::Mainnet => Some(bitcoin::Network::Bitcoin),
            Self::Testnet3 => Some(bitcoin::Network::Testnet),
            Self::Testnet4 => Some(bitcoin::Network::Testnet4),
            Self::Signet => Some(bitcoin::Network::Signet),
            Self::Regtest => Some(bitcoin::Network::Regtest),
            Self::Litecoin | Self::LitecoinTestnet | Self::Dogecoin | Self::DogecoinTestnet | Self::BitcoinCash => None,
        }
    }

    /// Height and hash of a block that no other chain has, by which a source shows which chain it follows.
    pub fn mark(self) -> (u64, &'static str) {
        self.parameters().mark
    }

    /// Ticker of its coin.
    pub fn coin(self) -> &'static str {
        self.parameters().coin
    }

    /// Usual seconds between two blocks.
    pub fn block_seconds(self) -> u64 {
        self.parameters().block_seconds
    }

    /// Confirmations that a payment needs, where nobody says otherwise.
    pub fn confirmations(self) -> u64 {
        self.parameters().confirmations
    }

    /// Whether the hash of a block is the work that it cost.
    pub fn hash_is_work(self) -> bool {
        self.parameters().hash_is_work
    }

    /// Whether another chain's header may follow the own one of a block.
    pub fn is_merge_mined(self) -> bool {
        self.parameters().merged
    }

    /// Whether a transaction that says so gives way to one that pays more.
    pub fn replaces(self) -> bool {
        self.parameters().replaces
    }

    /// Whether a transaction may carry a part for the extension block.
    pub fn has_extension_block(self) -> bool {
        self.parameters().extension
    }

    /// Whether an output may carry tokens.
    pub fn has_tokens(self) -> bool {
        self.parameters().tokens
    }

    /// Whether some address of the one may be taken for one of the other, as they are written alike.
    pub(in crate::terms) fn is_mistaken_for(self, other: Self) -> bool {
        let versions = |p: &Parameters| [Some(p.key), Some(p.script), p.former_script];
        let (mine, theirs) = (self.parameters(), other.parameters());
        let shared = versions(&mine).into_iter().flatten().any(|version| versions(&theirs).contains(&Some(version)));
        self != other && mine.is_main && theirs.is_main && shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_are_told_apart_by_a_block() {
        for (index, chain) in BitcoinChain::ALL.iter().enumerate() {
            let others = || BitcoinChain::ALL[..index].iter();
            assert!(others().all(|other| other.mark() != chain.mark()), "{chain:?}");
            if let (Some(network), (0, hash)) = (chain.params(), chain.mark()) {
                let genesis = bitcoin::constants::genesis_block(network).block_hash();
                assert_eq!(genesis.to_string(), hash);
            }
        }
    }

    #[test]
    fn only_chains_that_write_addresses_alike_are_mistaken() {
        use BitcoinChain::{BitcoinCash, Dogecoin, Litecoin, Mainnet, Regtest, Testnet4};
        for (one, other) in [(Mainnet, Litecoin), (Mainnet, BitcoinCash), (BitcoinCash, Litecoin)] {
            assert!(one.is_mistaken_for(other) && other.is_mistaken_for(one), "{one:?} {other:?}");
        }
        for (one, other) in [(Mainnet, Dogecoin), (Regtest, Testnet4), (Mainnet, Mainnet), (Mainnet, Testnet4)] {
            assert!(!one.is_mistaken_for(other), "{one:?} {other:?}");
        }
    }
}
