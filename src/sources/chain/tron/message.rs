//! As much of Protocol Buffers as Tron's own messages need: <https://protobuf.dev/programming-guides/encoding/>.

/// A field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// Any kind of number.
    Number(u64),
    /// Bytes, a text or another message.
    Bytes(&'a [u8]),
}

/// The fields of a message, in order; nothing where the bytes are none.
pub(super) fn fields(mut bytes: &[u8]) -> Option<Vec<(u64, Value<'_>)>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes)?;
        let value = match key & 7 {
            0 => Value::Number(varint(&mut bytes)?),
            1 => Value::Number(u64::from_le_bytes(take(&mut bytes, 8)?.try_into().ok()?)),
            2 => {
                let length = usize::try_from(varint(&mut bytes)?).ok()?;
                Value::Bytes(take(&mut bytes, length)?)
            }
            5 => Value::Number(u32::from_le_bytes(take(&mut bytes, 4)?.try_into().ok()?).into()),
            _ => return None,
        };
        found.push((key >> 3, value));
    }
    Some(found)
}

/// The number of a field: the last that is written counts, and none is 0.
pub(super) fn number(fields: &[(u64, Value<'_>)], wanted: u64) -> u64 {
    let last = fields.iter().rev().find(|(field, _)| *field == wanted);
    last.map_or(0, |(_, value)| if let Value::Number(number) = value { *number } else { 0 })
}

/// The bytes of a field: the last that are written count, and none are empty.
pub(super) fn bytes<'a>(fields: &[(u64, Value<'a>)], wanted: u64) -> &'a [u8] {
    let last = fields.iter().rev().find(|(field, _)| *field == wanted);
    last.map_or(&[], |(_, value)| if let Value::Bytes(bytes) = value { bytes } else { &[] })
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(first & 0x7f).checked_shl(shift)?;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

/// Writes a message, in the order of its fields; what is zero or empty is left out.
#[derive(Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn number(&mut self, field: u8, number: u64) -> &mut Self {
        if number != 0 {
            self.varint(u64::from(field) << 3);
            self.varint(number);
        }
        self
    }

    pub(super) fn bytes(&mut self, field: u8, bytes: &[u8]) -> &mut Self {
        if !bytes.is_empty() {
            self.varint(u64::from(field) << 3 | 2);
            self.varint(bytes.len() as u64);
            self.0.extend_from_slice(bytes);
        }
        self
    }

    pub(super) fn written(&self) -> &[u8] {
        &self.0
    }

    fn varint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.0.push(number.to_le_bytes()[0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_breaks_off_is_no_message() {
        for bytes in [&[0x08][..], &[0x08, 0x80], &[0x12, 0x05, 0x01], &[0x0b], &[0xff; 12]] {
            assert_eq!(fields(bytes), None, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(one in 1u64.., two in proptest::collection::vec(any::<u8>(), 1..40)) {
            let mut writer = Writer::default();
            writer.number(1, one).bytes(12, &two).number(13, 0);
            let read = fields(writer.written()).unwrap();
            prop_assert_eq!((number(&read, 1), bytes(&read, 12), number(&read, 13)), (one, two.as_slice(), 0));
            prop_assert_eq!(read.len(), 2);
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = fields(&bytes);
        }
    }
}
