//! Cells, in which The Open Network keeps everything: read from a bag of cells, and hashed as the network does.
//! <https://docs.ton.org/foundations/serialization/boc> and TON's white paper, 3.1.

use sha2::{Digest as _, Sha256};

/// First bytes of a bag of cells.
const MAGIC: [u8; 4] = [0xb5, 0xee, 0x9c, 0x72];
/// Cells of one message's body; one that holds more is not read.
const MOST_CELLS: usize = 1024;
/// Bytes of a text; what comes after is not read.
const LONGEST_TEXT: usize = 4096;

/// A bag of cells with one root. References lead forwards alone, so that none can lead in a circle.
pub(super) struct Bag(Vec<Cell>);

struct Cell {
    data: Vec<u8>,
    bits: usize,
    refs: Vec<usize>,
}

impl Bag {
    /// The bag that is serialised in these bytes; nothing where they are none, or hold exotic cells or several roots.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(&MAGIC)?;
        let flags = *rest.split_off_first()?;
        let (has_index, size) = (flags & 0x80 != 0, usize::from(flags & 0x07));
        let offset = usize::from(*rest.split_off_first()?);
        let cells = number(&mut rest, size).filter(|cells| (1..=MOST_CELLS).contains(cells))?;
        let (roots, _absent) = (number(&mut rest, size)?, number(&mut rest, size)?);
        number(&mut rest, offset)?;
        let root = number(&mut rest, size)?;
        if roots != 1 || root != 0 {
            return None;
        }
        if has_index {
            rest.split_off(..cells.checked_mul(offset)?)?;
        }
        let all: Option<Vec<Cell>> = (0..cells).map(|at| cell(&mut rest, at, cells, size)).collect();
        all.map(Self)
    }

    /// The root, from its beginning.
    pub(super) fn root(&self) -> Slice<'_> {
        Slice { bag: self, cell: 0, bit: 0, reference: 0 }
    }

    /// The hash of the root and its depth: of cells without exotic ones among them.
    pub(super) fn hash(&self) -> ([u8; 32], u16) {
        let mut done: Vec<([u8; 32], u16)> = vec![([0; 32], 0); self.0.len()];
        for (at, cell) in self.0.iter().enumerate().rev() {
            let below: Vec<([u8; 32], u16)> = cell.refs.iter().map(|to| done[*to]).collect();
            done[at] = representation(&cell.data, cell.bits, &below);
        }
        done[0]
    }
}

/// The hash and the depth of a cell with this content above these cells.
pub(super) fn representation(data: &[u8], bits: usize, below: &[([u8; 32], u16)]) -> ([u8; 32], u16) {
    let mut hasher = Sha256::new();
    let byte = |number: usize| u8::try_from(number).unwrap_or(u8::MAX);
    hasher.update([byte(below.len()), byte(bits / 8 + bits.div_ceil(8))]);
    hasher.update(data);
    for (_, depth) in below {
        hasher.update(depth.to_be_bytes());
    }
    for (hash, _) in below {
        hasher.update(hash);
    }
    let depth = below.iter().map(|(_, depth)| depth.saturating_add(1)).max().unwrap_or(0);
    (hasher.finalize().into(), depth)
}

/// An unsigned number of so many bytes.
fn number(rest: &mut &[u8], size: usize) -> Option<usize> {
    let bytes = rest.split_off(..size).filter(|bytes| (1..=4).contains(&bytes.len()))?;
    Some(bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

fn cell(rest: &mut &[u8], at: usize, cells: usize, size: usize) -> Option<Cell> {
    let (first, second) = (*rest.split_off_first()?, *rest.split_off_first()?);
    // Exotic cells, levels and stored hashes do not occur in messages.
    let count = usize::from(first);
    if count > 4 {
        return None;
    }
    let (whole, length) = (second.is_multiple_of(2), usize::from(second.div_ceil(2)));
    let data = rest.split_off(..length)?.to_vec();
    // The last byte ends with a one and zeros where the bits do not fill it.
    let unused = if whole { 0 } else { usize::try_from(data.last()?.trailing_zeros()).ok()? + 1 };
    let bits = (length * 8).checked_sub(unused).filter(|_| unused <= 8)?;
    let refs: Option<Vec<usize>> =
        (0..count).map(|_| number(rest, size).filter(|to| (at + 1..cells).contains(to))).collect();
    Some(Cell { data, bits, refs: refs? })
}

/// What of a cell has not been read yet.
#[derive(Clone, Copy)]
pub(super) struct Slice<'a> {
    bag: &'a Bag,
    cell: usize,
    bit: usize,
    reference: usize,
}

impl<'a> Slice<'a> {
    fn cell(&self) -> &'a Cell {
        &self.bag.0[self.cell]
    }

    /// Whether nothing is left.
    pub(super) fn is_empty(&self) -> bool {
        self.bit == self.cell().bits && self.reference == self.cell().refs.len()
    }

    /// The next bit.
    pub(super) fn bit(&mut self) -> Option<bool> {
        let cell = self.cell();
        let byte = cell.data.get(self.bit / 8).filter(|_| self.bit < cell.bits)?;
        let set = byte >> (7 - self.bit % 8) & 1 == 1;
        self.bit += 1;
        Some(set)
    }

    /// The next bits as an unsigned number, 128 at most.
    pub(super) fn uint(&mut self, bits: usize) -> Option<u128> {
        (0..bits.min(128)).try_fold(0_u128, |sum, _| Some(sum << 1 | u128::from(self.bit()?)))
    }

    /// The next 32 bits.
    pub(super) fn word(&mut self) -> Option<u32> {
        self.uint(32).and_then(|word| u32::try_from(word).ok())
    }

    /// Past so many bits.
    pub(super) fn skip(&mut self, bits: usize) -> Option<()> {
        self.bit = self.bit.checked_add(bits).filter(|bit| *bit <= self.cell().bits)?;
        Some(())
    }

    /// The next reference, from its beginning.
    pub(super) fn reference(&mut self) -> Option<Self> {
        let cell = *self.cell().refs.get(self.reference)?;
        self.reference += 1;
        Some(Self { bag: self.bag, cell, bit: 0, reference: 0 })
    }

    /// The next bytes.
    fn bytes(&mut self, count: usize) -> Option<Vec<u8>> {
        (0..count).map(|_| self.uint(8).and_then(|byte| u8::try_from(byte).ok())).collect()
    }

    /// An amount: `VarUInteger 16`.
    pub(super) fn coins(&mut self) -> Option<u128> {
        let length = usize::try_from(self.uint(4)?).ok()?;
        self.uint(length * 8)
    }

    /// An address in its raw form, empty where it is nobody's; `MsgAddress` without its rarest forms.
    pub(super) fn address(&mut self) -> Option<String> {
        match self.uint(2)? {
            0b00 => Some(String::new()),
            0b10 if !self.bit()? => {
                let workchain = i8::from_be_bytes([u8::try_from(self.uint(8)?).ok()?]);
                Some(format!("{workchain}:{}", data_encoding::HEXLOWER.encode(&self.bytes(32)?)))
            }
            _ => None,
        }
    }

    /// A text that goes on from cell to cell; nothing where it is not UTF-8.
    pub(super) fn text(mut self) -> Option<String> {
        let mut text = Vec::new();
        loop {
            let left = self.cell().bits - self.bit;
            if !left.is_multiple_of(8) {
                return None;
            }
            text.extend(self.bytes(left / 8)?);
            match self.reference() {
                Some(next) if text.len() < LONGEST_TEXT => self = next,
                _ => break,
            }
        }
        String::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    fn bag(text: &str) -> Option<Bag> {
        Bag::read(&STANDARD.decode(text).unwrap())
    }

    #[test]
    fn the_empty_cell_has_its_well_known_hash() {
        let empty = bag("te6cckEBAQEAAgAAAEysuc0=").unwrap();
        assert!(empty.root().is_empty());
        let hash = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
        assert_eq!(data_encoding::HEXLOWER.encode(&empty.hash().0), hash);
    }

    #[test]
    fn references_lead_forwards() {
        // A cell that refers to itself, and one with a reference beyond the last cell.
        for to in [0, 1] {
            let bytes = [&MAGIC[..], &[0x01, 0x01, 0x01, 0x01, 0x00, 0x03, 0x00, 0x01, 0x00, to]].concat();
            assert!(Bag::read(&bytes).is_none());
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let with_magic = [&MAGIC[..], &bytes].concat();
            for bag in [Bag::read(&bytes), Bag::read(&with_magic)].into_iter().flatten() {
                let _ = (bag.hash(), bag.root().text(), bag.root().address(), bag.root().coins());
            }
        }
    }
}
