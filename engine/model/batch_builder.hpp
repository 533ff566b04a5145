// SPDX-License-Identifier: MIT
// Collects rows as they are read and lays them out as batches, one for each shard.
#pragma once

#include "engine/base/text_arena.hpp"
#include "engine/model/batch.hpp"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace logstream {

/// A batch and the shard it belongs to.
struct built_batch {
  std::uint32_t shard = 0;
  std::shared_ptr<batch> rows;
};

/// Where a collected row went: an index into what build() returned, and the row there.
struct row_place {
  std::uint32_t built = 0;
  std::uint32_t row = 0;
};

/// Rows go in one by one, texts by reference: they must stay valid until build(), or be passed through
/// keep(). One builder serves one thread, for many builds; what it has learnt of field names makes later rows
/// cheaper.
class batch_builder {
 public:
  /// A field's place in this builder, valid while generation() stays the same.
  using field_ref = std::uint16_t;
  /// A field that is stored without a column of its own, since there are too many.
  static constexpr field_ref no_column = 0xffff;
  static constexpr std::size_t max_columns = 1024;
  /// Sizes in batches have 32 bits.
  static constexpr std::size_t max_text_bytes = 0xffffffff;

  explicit batch_builder(std::uint32_t shards);

  /// Starts a row; it counts once end_row() is called. A row begun anew replaces one not ended.
  void begin_row();
  void set_time(timestamp time) { row_.time = time; }
  /// The stream named by the label `service` alone and the level. REQUIRES: service is at most
  /// max_label_bytes long.
  void set_stream(std::string_view service, level severity);
  void set_message(std::string_view message) { row_.message = message; }
  void set_sequence(std::uint64_t sequence) { row_.sequence = sequence; }
  /// Changes whenever field_refs that were handed out are no longer valid.
  std::uint32_t generation() const { return generation_; }
  /// Finds the place of fields called `name`.
  field_ref find_field(std::string_view name);
  /// Sets a field; the last value of a name counts. `name` is only looked at when `at` is no_column.
  void set_field(field_ref at, std::string_view name, std::string_view value, bool literal);
  std::size_t fields_in_row() const { return cells_.size() - row_.first_cell; }
  /// REQUIRES: text_bytes() does not come to exceed max_text_bytes.
  void end_row();

  std::uint32_t rows() const { return static_cast<std::uint32_t>(rows_.size()); }
  /// Bytes of text collected.
  std::size_t text_bytes() const { return text_bytes_; }

  /// Memory for texts that must outlive their source until build().
  text_arena& arena() { return arena_; }

  /// Lays out all rows and forgets them. With `keep_sequences` the batches carry the sequences that were set,
  /// otherwise they await number(). If `places` is given it receives for each row, in the order of
  /// collection, where it went.
  std::vector<built_batch> build(bool keep_sequences = false, std::vector<row_place>* places = nullptr);

 private:
  friend class batch_writer;

  struct pending_cell {
    const char* text;
    std::uint32_t size;
    field_ref field;
    bool literal;
  };
  struct pending_row {
    timestamp time = 0;
    std::uint64_t sequence = 0;
    std::string_view message;
    std::uint32_t first_cell = 0;
    std::uint32_t stream = 0;
  };
  struct stream_entry {
    std::uint64_t hash;
    std::string_view labels;
    std::string_view service;
    level severity;
    std::uint32_t shard;
    std::uint32_t rows;
  };
  struct field_entry {
    std::uint64_t hash;
    std::string_view name;
    /// The row and cell that last had this field, to find a name given twice.
    std::uint32_t last_row;
    std::uint32_t last_cell;
  };

  void set_rest(std::string_view name, std::string_view entry);
  std::uint32_t stream_for(std::string_view service, level severity);
  void grow_streams();
  void forget_rows();

  std::uint32_t shards_;
  text_arena arena_;
  text_arena names_;
  std::vector<pending_row> rows_;
  std::vector<pending_cell> cells_;
  std::vector<stream_entry> streams_;
  std::vector<std::uint32_t> stream_table_;
  std::vector<field_entry> fields_;
  std::vector<std::uint16_t> field_table_;
  pending_row row_;
  std::uint32_t end_of_cells_ = 0;
  std::uint32_t generation_ = 0;
  std::size_t text_bytes_ = 0;
};

}  // namespace logstream
