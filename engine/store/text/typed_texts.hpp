// SPDX-License-Identifier: MIT
// The encodings for texts of one kind, behind one door.
#pragma once

#include "engine/store/text/typed_column.hpp"
#include "engine/store/text_codec.hpp"

namespace logstream {

/// A kind that texts are likely to be of, and the head of its body.
struct typed_choice {
  text_encoding encoding = text_encoding::raw;
  std::string head;
};

/// The kind of most of the sample, if there is one.
std::optional<typed_choice> choose_typed(text_sample sample);

/// True if numbers are what the encoding packs: how small it gets depends on them.
bool packs_numbers(text_encoding encoding);

/// Appends the texts after `choice`, the encoding first. Nothing, and `out` is as before, if more than a few
/// are of another kind.
std::optional<text_summary> write_typed(text_list texts, const typed_choice& choice, std::string& out);

/// Appends `count` texts of a typed encoding or raw, what follows the encoding being all that is in `from`.
/// False if it is another encoding, if it is broken, or if it gives more than `most_bytes` bytes.
bool read_typed_or_raw(text_encoding encoding, byte_reader& from, std::uint32_t count, std::size_t most_bytes,
                       text_buffer& out);

/// Some of the texts, evenly spread.
std::vector<std::string_view> sample_texts(text_list texts);

}  // namespace logstream
