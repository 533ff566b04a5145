// SPDX-License-Identifier: MIT
// A decoder of trees: nlohmann/json judges and unescapes, the rest is a walk over members in their order.
#include "tests/engine/wire/json_model.hpp"

#include "engine/base/utf8.hpp"
#include "engine/model/labels.hpp"
#include "engine/wire/time_text.hpp"
#include "tests/engine/support/rows.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <utility>
#include <vector>

namespace logstream::test {

namespace {

using nlohmann::json;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Accepts what is JSON, and notes where only the size of a number speaks against it.
struct judge : nlohmann::json_sax<json> {
  bool too_large = false;

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(json::number_integer_t) override { return true; }
  bool number_unsigned(json::number_unsigned_t) override { return true; }
  bool number_float(json::number_float_t, const std::string&) override { return true; }
  bool string(std::string&) override { return true; }
  bool binary(json::binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(std::string&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& why) override {
    constexpr int out_of_range = 406;
    too_large = why.id == out_of_range;
    return false;
  }
};

struct member;

// A value as it stands in the text: members of objects in order, duplicates included.
struct node {
  std::string raw;
  std::vector<member> members;

  char kind() const { return raw[0]; }
  bool is_null() const { return raw == "null"; }
  bool is_number() const { return raw[0] == '-' || (raw[0] >= '0' && raw[0] <= '9'); }
  std::string text() const { return json::parse(raw).get<std::string>(); }
  // Without white space between tokens.
  std::string minified() const {
    std::string made;
    bool quoted = false;
    for (std::size_t at = 0; at < raw.size(); ++at) {
      if (quoted || !is_space(raw[at]))
        made += raw[at];
      if (quoted && raw[at] == '\\')
        made += raw[++at];
      else if (raw[at] == '"')
        quoted = !quoted;
    }
    return made;
  }
};

struct member {
  std::string name;
  node value;
};

// Cuts text that is known to be JSON into nodes.
class cutter {
 public:
  explicit cutter(std::string_view text) : text_(text) {}

  node value() {
    skip_space();
    const std::size_t begin = at_;
    node made;
    if (text_[at_] == '{')
      made.members = object();
    else if (text_[at_] == '[')
      array();
    else if (text_[at_] == '"')
      string();
    else
      while (at_ < text_.size() && !is_space(text_[at_]) &&
             std::string_view{",]}"}.find(text_[at_]) == std::string_view::npos)
        ++at_;
    made.raw = text_.substr(begin, at_ - begin);
    skip_space();
    return made;
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  std::string string() {
    const std::size_t begin = at_;
    for (++at_; text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\')
        ++at_;
    ++at_;
    return json::parse(text_.substr(begin, at_ - begin)).get<std::string>();
  }

  std::vector<member> object() {
    std::vector<member> members;
    for (++at_, skip_space(); text_[at_] != '}';) {
      std::string name = string();
      skip_space();
      ++at_;
      members.push_back({std::move(name), value()});
      if (text_[at_] == ',')
        ++at_;
      skip_space();
    }
    ++at_;
    return members;
  }

  void array() {
    for (++at_, skip_space(); text_[at_] != ']'; skip_space()) {
      value();
      if (text_[at_] == ',')
        ++at_;
    }
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

class walker {
 public:
  walker(timestamp now, const json_limits& limits, std::size_t text_size)
      : limits_(limits), most_name_bytes_(8 * text_size + 1024) {
    made_.time = now;
  }

  model_outcome walk(const node& root) {
    if (root.kind() != '{' || root.members.empty())
      return {};
    if (!walk_members(root, "", 0))
      return {std::nullopt, fault_, false, false};
    for (const auto& [name, value] : fields_) made_.fields.push_back({name, value.value, value.literal});
    return {made_, "", false, false};
  }

 private:
  bool walk_members(const node& in, const std::string& prefix, std::size_t depth) {
    for (const auto& [name, value] : in.members)
      if (!take_name(prefix + name) ||
          !(depth == 0 ? walk_top(name, value) : walk_field(prefix + name, value, depth)))
        return false;
    return true;
  }

  bool take_name(const std::string& path) {
    if (path.size() > 1024) {
      std::size_t shown = 100;
      while ((path[shown] & 0xc0) == 0x80) --shown;
      return fail(path.substr(0, shown));
    }
    name_bytes_ += path.size();
    return (++members_ <= 16 * limits_.fields && name_bytes_ <= most_name_bytes_) || fail("");
  }

  bool walk_top(const std::string& name, const node& value) {
    if (name == "metadata") {
      if (value.kind() == '{')
        return walk_members(value, "", 1);
      return value.is_null() || set_field(name, value);
    }
    const bool time = name == "timestamp" || name == "@timestamp" || name == "time" || name == "ts";
    const bool severity = name == "level" || name == "severity";
    const bool message = name == "message" || name == "msg";
    const bool service = name == "service";
    if (!time && !severity && !message && !service)
      return walk_field(name, value, 0);
    bool& had = time ? has_time_ : severity ? has_severity_ : message ? has_message_ : has_service_;
    if (had)
      return set_field(name, value);
    if (value.is_null())
      return true;
    had = true;
    return time       ? set_time(name, value)
           : severity ? set_severity(name, value)
           : message  ? set_message(value)
                      : set_service(value);
  }

  bool walk_field(const std::string& path, const node& value, std::size_t depth) {
    constexpr std::size_t deepest = 16;
    if (value.kind() == '{' && depth < deepest)
      return walk_members(value, path + ".", depth + 1);
    return set_field(path, value);
  }

  bool set_field(const std::string& path, const node& value) {
    return value.kind() == '"' ? set_field(path, value.text(), false)
                               : set_field(path, value.minified(), true);
  }

  bool set_field(const std::string& path, const std::string& value, bool literal) {
    if (fields_.size() >= limits_.fields)
      return fail(path);
    fields_[path] = {path, value, literal};
    return true;
  }

  bool set_time(const std::string& name, const node& value) {
    std::optional<timestamp> time;
    if (value.kind() == '"')
      time = parse_rfc3339(value.text()) ? parse_rfc3339(value.text()) : parse_epoch(value.text());
    else if (value.is_number())
      time = parse_epoch(value.raw);
    made_.time = time.value_or(0);
    return time || fail(name);
  }

  bool set_severity(const std::string& name, const node& value) {
    const bool string = value.kind() == '"';
    if (!string && !value.is_number())
      return fail(name);
    const std::string text = string ? value.text() : value.raw;
    const auto known = parse_level(text);
    made_.severity = known.value_or(level::unknown);
    return known || text.empty() || set_field(name, text, !string);
  }

  bool set_message(const node& value) {
    made_.message = value.kind() == '"' ? value.text() : value.minified();
    if (made_.message.size() <= limits_.line_bytes)
      return true;
    fields_["_truncated"] = {"_truncated", std::to_string(made_.message.size()), true};
    std::size_t size = limits_.line_bytes;
    while (size > 0 && (made_.message[size] & 0xc0) == 0x80) --size;
    made_.message.resize(size);
    return true;
  }

  bool set_service(const node& value) {
    if (value.kind() != '"' && !value.is_number())
      return fail("service");
    made_.service = value.kind() == '"' ? value.text() : value.raw;
    return made_.service.size() <= max_label_bytes || fail("service");
  }

  bool fail(const std::string& member) {
    fault_ = member;
    return false;
  }

  json_limits limits_;
  std::size_t most_name_bytes_;
  std::size_t name_bytes_ = 0;
  std::size_t members_ = 0;
  event made_;
  std::map<std::string, field> fields_;
  bool has_time_ = false;
  bool has_severity_ = false;
  bool has_message_ = false;
  bool has_service_ = false;
  std::string fault_;
};

}  // namespace

model_outcome naive_decode(std::string_view text, timestamp now, const json_limits& limits) {
  std::string valid;
  append_valid_utf8(valid, text);
  judge judged;
  if (!json::sax_parse(valid, &judged))
    return {std::nullopt, "", true, judged.too_large};
  return walker{now, limits, valid.size()}.walk(cutter{valid}.value());
}

}  // namespace logstream::test
