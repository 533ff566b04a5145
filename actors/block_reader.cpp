// SPDX-License-Identifier: MIT
// One block a message.
#include "actors/block_reader.hpp"

#include "actors/support/guards.hpp"
#include "engine/store/block_count.hpp"

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <utility>

namespace logstream {

namespace {

caf::error broken(const char* name, const error& why) {
  log_unexpected(name, "a block was not read: " + why.message);
  return caf::make_error(caf::sec::runtime_error, why.message);
}

// Where blocks are read for and damage is told of.
struct reading {
  block_reader_actor::pointer self;
  caf::actor_addr owner;

  void tell(const segment_ptr& damaged) const {
    if (const auto to = caf::actor_cast<block_store_actor>(owner))
      self->send(to, atom::damaged_v, damaged);
  }
};

caf::result<batch_ptr> read(const reading& in, const char* name, const block_ref& block) {
  auto rows = block.in->read_block(block.block, column_selection::all());
  if (!rows && rows.failure().code == errc::invalid)
    in.tell(block.in);
  if (!rows)
    return broken(name, rows.failure());
  return *std::move(rows);
}

// A count says that it failed, not where.
void tell_of_damage(const reading& in, const std::vector<block_ref>& blocks) {
  for (const block_ref& each : blocks)
    if (const auto rows = each.in->read_block(each.block, column_selection::none());
        !rows && rows.failure().code == errc::invalid)
      return in.tell(each.in);
}

caf::result<group_counts_ptr> count(const reading& in, const char* name, const std::vector<block_ref>& blocks,
                                    const count_request& what) {
  auto counts = count_blocks(blocks, what.filter, what.by);
  if (!counts && counts.failure().code == errc::invalid)
    tell_of_damage(in, blocks);
  if (!counts)
    return broken(name, counts.failure());
  return std::make_shared<const group_counts>(*std::move(counts));
}

block_reader_actor::behavior_type block_reader(block_reader_actor::pointer self,
                                               const caf::actor_addr& owner) {
  constexpr const char* name = "block-reader";
  install_guards(self, name);
  self->monitor(owner);
  self->set_down_handler([self](caf::down_msg& ended) { self->quit(std::move(ended.reason)); });
  const reading in{self, owner};
  return {
      [in](const block_ref& block) { return read(in, name, block); },
      [in](atom::count, const block_list_ptr& blocks, const count_request_ptr& what) {
        return count(in, name, *blocks, *what);
      },
  };
}

}  // namespace

block_reader_actor spawn_block_reader(caf::actor_system& system, const caf::actor_addr& owner) {
  return system.spawn<caf::detached>(block_reader, owner);
}

}  // namespace logstream
