// SPDX-License-Identifier: MIT
// simdjson finds the structure; texts without escapes are taken where they stand in the body.
#include "engine/wire/json_object.hpp"

#include "engine/base/utf8.hpp"
#include "engine/model/labels.hpp"
#include "engine/wire/json_text.hpp"
#include "engine/wire/time_text.hpp"

#include <nlohmann/json.hpp>

#include <cstring>
#include <string>
#include <utility>

namespace logstream {

namespace {

// Objects nested deeper are kept as JSON text.
constexpr std::size_t deepest_flattened = 16;
// A parser's buffers grow to many times its largest text; beyond this they are given back.
constexpr std::size_t largest_kept_capacity = 1024 * 1024;
// Bytes that hostile bodies can make the decoder remember of shapes.
constexpr std::size_t most_learnt = 4 * 1024 * 1024;
// Names are remembered from body to body, and those without a column are kept with each value.
constexpr std::size_t longest_name = 1024;
constexpr std::size_t shown_name = 100;
// Flattened, a name repeats those around it: so many times the bytes of the event may its names have, and a
// little.
constexpr std::size_t most_name_bytes_factor = 8;
constexpr std::size_t few_name_bytes = 1024;
// Members that hold objects are no fields, yet there is an end to them.
constexpr std::size_t most_members_factor = 16;

constexpr std::string_view truncated_field = "_truncated";
constexpr std::string_view text_behind = "has text behind the object";

bool has_text_behind(std::string_view text) {
  json_splitter values{text};
  values.next();
  return values.closed() && !trim_token(values.rest()).empty();
}

}  // namespace

json_object_decoder::json_object_decoder(json_limits limits) : limits_(limits) {
  top_.top = true;
}

std::optional<object_fault> json_object_decoder::decode(std::string_view text, timestamp now,
                                                        batch_builder& into) {
  into_ = &into;
  if (generation_ != into.generation() || learnt_ > most_learnt)
    forget_shapes();
  generation_ = into.generation();
  const bool good = read(text, now);
  if (parser_.capacity() > largest_kept_capacity)
    parser_ = simdjson::ondemand::parser{};
  if (checker_.capacity() > largest_kept_capacity)
    checker_ = simdjson::dom::parser{};
  if (!good)
    return std::exchange(fault_, {});
  into.end_row();
  return std::nullopt;
}

bool json_object_decoder::read(std::string_view text, timestamp now) {
  has_time_ = has_severity_ = has_message_ = has_service_ = false;
  members_ = 0;
  name_bytes_ = 0;
  most_name_bytes_ = text.size() * most_name_bytes_factor + few_name_bytes;
  severity_ = level::unknown;
  service_ = {};
  end_ = text.data() + text.size();
  into_->begin_row();
  // What a row adds: its values, its names, and the heads of fields that have no column.
  constexpr std::size_t most_text_factor = 2 * most_name_bytes_factor;
  if (text.size() * most_text_factor + 4 * few_name_bytes >
      batch_builder::max_text_bytes - into_->text_bytes())
    return fail("", "comes behind more text than can be taken at once");
  simdjson::ondemand::document document;
  const simdjson::padded_string_view padded{text.data(), text.size(),
                                            text.size() + simdjson::SIMDJSON_PADDING};
  if (auto code = parser_.iterate(padded).get(document))
    return fail(code);
  simdjson::ondemand::object object;
  if (auto code = document.get_object().get(object)) {
    if (code == simdjson::INCORRECT_TYPE)
      return fail("", "is not a JSON object");
    return has_text_behind(text) ? fail("", text_behind) : fail(code);
  }
  if (!read_members(object, top_, 0))
    return false;
  if (document.current_location().error() != simdjson::OUT_OF_BOUNDS)
    return fail("", text_behind);
  if (members_ == 0)
    return fail("", "has no members");
  if (!has_time_)
    into_->set_time(now);
  into_->set_stream(service_, severity_);
  return true;
}

bool json_object_decoder::read_members(simdjson::ondemand::object& object, shape& as, std::size_t depth) {
  std::size_t index = 0;
  for (auto next : object) {
    simdjson::ondemand::field found;
    if (auto code = std::move(next).get(found))
      return fail(code);
    member* const expected = member_for(as, index++, found);
    if (expected == nullptr)
      return false;
    name_bytes_ += expected->path.size();
    if (++members_ > limits_.fields * most_members_factor || name_bytes_ > most_name_bytes_)
      return fail("", "has too many members, or names too long with those of the objects around them");
    json_value value = found.value();
    if (!read_member(value, *expected, depth))
      return false;
  }
  return true;
}

json_object_decoder::member* json_object_decoder::member_for(shape& as, std::size_t index,
                                                             simdjson::ondemand::field& found) {
  const char* const raw = found.key().raw();
  if (index < as.members.size()) {
    member& expected = as.members[index];
    if (static_cast<std::size_t>(end_ - raw) >= expected.key.size() &&
        std::memcmp(raw, expected.key.data(), expected.key.size()) == 0)
      return &expected;
  }
  std::string_view name;
  if (auto code = found.unescaped_key().get(name)) {
    fail(code);
    return nullptr;
  }
  if (as.prefix.size() + name.size() > longest_name) {
    const std::string path = as.prefix + std::string{name};
    fail(path.substr(0, utf8_prefix(path, shown_name)),
         "has a name longer than " + std::to_string(longest_name) + " bytes");
    return nullptr;
  }
  if (index == as.members.size())
    as.members.emplace_back();
  member& replaced = as.members[index];
  learn(replaced, as, raw_string_token(raw), name);
  return &replaced;
}

void json_object_decoder::learn(member& as, const shape& in, std::string_view raw_key,
                                std::string_view name) {
  as.inner.reset();
  as.key.assign(raw_key);
  as.path = in.prefix;
  as.path += name;
  learnt_ += sizeof(member) + as.key.size() + as.path.size();
  as.is = role::field;
  if (in.top) {
    static constexpr std::pair<std::string_view, role> roles[]{
        {"timestamp", role::time},   {"@timestamp", role::time}, {"time", role::time},
        {"ts", role::time},          {"level", role::severity},  {"severity", role::severity},
        {"message", role::message},  {"msg", role::message},     {"service", role::service},
        {"metadata", role::metadata}};
    for (const auto& [known, is] : roles)
      if (known == name)
        as.is = is;
  }
  as.field = into_->find_field(as.path);
}

bool json_object_decoder::read_member(json_value& value, member& as, std::size_t depth) {
  const std::string_view token = trim_token(value.raw_json_token());
  if (token.empty())
    return fail(as.path, "has no value");
  if (token[0] == '{' && (as.is == role::metadata || (as.is == role::field && depth < deepest_flattened)))
    return read_object(value, as, depth, as.is == role::metadata);
  switch (as.is) {
    case role::time:
      return has_time_ ? read_field(value, as, token) : read_time(value, as, token);
    case role::severity:
      return has_severity_ ? read_field(value, as, token) : read_severity(value, as, token);
    case role::message:
      return has_message_ ? read_field(value, as, token) : read_message(value, token);
    case role::service:
      return has_service_ ? read_field(value, as, token) : read_service(value, token);
    case role::metadata:
      return token == "null" || read_field(value, as, token);
    case role::field:
      break;
  }
  return read_field(value, as, token);
}

bool json_object_decoder::read_time(json_value& value, const member& as, std::string_view token) {
  if (token == "null")
    return true;
  std::optional<timestamp> time;
  if (token[0] == '"') {
    const auto text = string_of(value, token);
    if (!text)
      return false;
    time = parse_rfc3339(*text);
    if (!time)
      time = parse_epoch(*text);
  } else if (is_json_number(token)) {
    time = parse_epoch(token);
  }
  if (!time)
    return fail(as.path, "is neither an RFC 3339 time nor a number of s, ms, us or ns since 1970");
  has_time_ = true;
  into_->set_time(*time);
  return true;
}

bool json_object_decoder::read_severity(json_value& value, const member& as, std::string_view token) {
  if (token == "null")
    return true;
  std::optional<level> known;
  if (token[0] == '"') {
    const auto text = string_of(value, token);
    if (!text)
      return false;
    known = parse_level(*text);
    // A word that is not ours is kept where the user finds it again.
    if (!known && !text->empty() && !add_field(as, *text, false))
      return false;
  } else if (is_json_number(token)) {
    known = parse_level(token);
    if (!known && !add_field(as, token, true))
      return false;
  } else {
    return fail(as.path, "must be a string or a number");
  }
  has_severity_ = true;
  severity_ = known.value_or(level::unknown);
  return true;
}

bool json_object_decoder::read_message(json_value& value, std::string_view token) {
  if (token == "null")
    return true;
  std::optional<std::string_view> text;
  if (token[0] == '"')
    text = string_of(value, token);
  else if (token[0] == '[' || token[0] == '{')
    text = compound_of(value);
  else if (is_json_scalar(token))
    text = token;
  else
    return fail("message", "is not valid JSON");
  if (!text)
    return false;
  has_message_ = true;
  into_->set_message(text->size() > limits_.line_bytes ? cut(*text) : *text);
  return true;
}

bool json_object_decoder::read_service(json_value& value, std::string_view token) {
  if (token == "null")
    return true;
  if (token[0] == '"') {
    const auto text = string_of(value, token);
    if (!text)
      return false;
    service_ = *text;
  } else if (is_json_number(token)) {
    service_ = token;
  } else {
    return fail("service", "must be a string");
  }
  if (service_.size() > max_label_bytes)
    return fail("service", "is longer than " + std::to_string(max_label_bytes) + " bytes");
  has_service_ = true;
  return true;
}

bool json_object_decoder::read_object(json_value& value, member& as, std::size_t depth, bool metadata) {
  simdjson::ondemand::object object;
  if (auto code = value.get_object().get(object))
    return fail(code);
  if (!as.inner) {
    as.inner = std::make_unique<shape>();
    if (!metadata)
      as.inner->prefix = as.path + ".";
  }
  return read_members(object, *as.inner, depth + 1);
}

bool json_object_decoder::read_field(json_value& value, const member& as, std::string_view token) {
  switch (token[0]) {
    case '"': {
      const auto text = string_of(value, token);
      return text && add_field(as, *text, false);
    }
    case '[':
    case '{': {
      const auto text = compound_of(value);
      return text && add_field(as, *text, true);
    }
    default:
      return is_json_scalar(token) ? add_field(as, token, true) : fail(as.path, "is not valid JSON");
  }
}

bool json_object_decoder::add_field(const member& as, std::string_view text, bool literal) {
  if (into_->fields_in_row() >= limits_.fields)
    return fail(as.path, "is one field too many: an event may have " + std::to_string(limits_.fields));
  into_->set_field(as.field, as.path, text, literal);
  return true;
}

std::optional<std::string_view> json_object_decoder::string_of(json_value& value, std::string_view token) {
  if (token.size() >= 2 && token.back() == '"' &&
      std::memchr(token.data() + 1, '\\', token.size() - 2) == nullptr) {
    // Left where it is, a string in front of a colon would be skipped as if it were a key.
    if (auto code = value.get_raw_json_string().error()) {
      fail(code);
      return std::nullopt;
    }
    return token.substr(1, token.size() - 2);
  }
  std::string_view text;
  if (auto code = value.get_string().get(text)) {
    fail(code);
    return std::nullopt;
  }
  return into_->arena().keep(text);
}

std::optional<std::string_view> json_object_decoder::compound_of(json_value& value) {
  std::string_view raw;
  simdjson::ondemand::array array;
  simdjson::ondemand::object object;
  simdjson::error_code code = value.get_array().get(array);
  if (code == simdjson::SUCCESS) {
    code = array.raw_json().get(raw);
  } else if (code == simdjson::INCORRECT_TYPE) {
    code = value.get_object().get(object);
    if (code == simdjson::SUCCESS)
      code = object.raw_json().get(raw);
  }
  // The outline alone was looked at so far; what is kept as JSON must be JSON, with numbers of any size.
  if (code == simdjson::SUCCESS)
    code = checker_.parse(raw.data(), raw.size(), false).error();
  if (code == simdjson::NUMBER_ERROR && nlohmann::json::accept(raw))
    code = simdjson::SUCCESS;
  if (code != simdjson::SUCCESS) {
    fail(code);
    return std::nullopt;
  }
  char* const minified = into_->arena().allocate(raw.size() + simdjson::SIMDJSON_PADDING);
  std::size_t size = 0;
  if (auto failed = simdjson::minify(raw.data(), raw.size(), minified, size)) {
    fail(failed);
    return std::nullopt;
  }
  return std::string_view{minified, size};
}

std::string_view json_object_decoder::cut(std::string_view message) {
  const auto at = into_->find_field(truncated_field);
  into_->set_field(at, truncated_field, into_->arena().keep(std::to_string(message.size())), true);
  return message.substr(0, utf8_prefix(message, limits_.line_bytes));
}

bool json_object_decoder::fail(std::string_view member, std::string_view reason) {
  fault_ = {std::string{member}, std::string{reason}};
  return false;
}

bool json_object_decoder::fail(simdjson::error_code code) {
  if (code == simdjson::UTF8_ERROR)
    return fail("", not_utf8);
  std::string reason{"is not valid JSON: "};
  reason += simdjson::error_message(code);
  return fail("", reason);
}

void json_object_decoder::forget_shapes() {
  top_.members.clear();
  learnt_ = 0;
}

}  // namespace logstream
