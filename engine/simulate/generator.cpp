// SPDX-License-Identifier: MIT
// Writes simulated events as NDJSON.
#include "engine/simulate/generator.hpp"

#include "engine/model/level.hpp"
#include "engine/simulate/catalog.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>
#include <string_view>

namespace logstream {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

/// A little more than the mean, so that a body seldom grows twice.
constexpr std::size_t typical_event_bytes = 360;

void append_number(std::string& out, std::uint64_t value) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

/// Appends the lowest `Count` hexadecimal digits of `value`.
template <std::size_t Count>
void append_hex(std::string& out, std::uint64_t value) {
  std::array<char, Count> digits;
  for (auto& digit : digits) {
    digit = hex_digits[value & 15];
    value >>= 4;
  }
  out.append(digits.data(), digits.size());
}

/// Writes `value` with leading zeros over [first, last).
void write_padded(char* first, char* last, std::uint64_t value) {
  while (last != first) {
    *--last = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

void append_uuid(std::string& out, random_source& source) {
  const auto high = source.next();
  const auto low = source.next();
  append_hex<8>(out, high);
  out += '-';
  append_hex<4>(out, high >> 32);
  out += "-4";
  append_hex<3>(out, high >> 48);
  out += '-';
  out += hex_digits[8 + (low & 3)];
  append_hex<3>(out, low >> 2);
  out += '-';
  append_hex<12>(out, low >> 14);
}

void append_address(std::string& out, random_source& source) {
  const auto bits = source.next();
  out += "10.";
  append_number(out, bits & 31);
  out += '.';
  append_number(out, bits >> 8 & 255);
  out += '.';
  append_number(out, 1 + (bits >> 16 & 127));
}

/// Draws tenths of milliseconds, log-normal: the median is about 25 ms, the 99th percentile about 250 ms.
std::uint64_t draw_latency(random_source& source) {
  const auto bits = source.next();
  double sum = 0;
  for (unsigned shift = 0; shift < 64; shift += 16)
    sum += static_cast<double>(bits >> shift & 0xffff) / 65536.0;
  const auto nearly_normal = (sum - 2.0) * std::sqrt(3.0);
  return static_cast<std::uint64_t>(10.0 * std::exp(3.2 + 1.1 * nearly_normal));
}

void append_tenths(std::string& out, std::uint64_t tenths) {
  append_number(out, tenths / 10);
  out += '.';
  out += static_cast<char>('0' + tenths % 10);
}

}  // namespace

struct event_generator::facts {
  level severity;
  std::size_t service;
  std::uint32_t user;
  std::uint64_t latency_tenths;
  unsigned status;
};

event_generator::event_generator(const generator_options& options)
    : options_(options),
      catalog_(simulation_catalog::instance()),
      random_(options.seed),
      second_(std::numeric_limits<std::int64_t>::min()) {
  options_.step = std::max<std::int64_t>(options_.step, 0);
}

std::size_t event_generator::append(std::string& body, std::size_t limit) {
  const auto number = static_cast<std::size_t>(std::min<std::uint64_t>(limit, remaining()));
  body.reserve(body.size() + number * typical_event_bytes);
  for (std::size_t index = 0; index < number; ++index) append_event(body);
  return number;
}

void event_generator::append_event(std::string& body) {
  constexpr std::uint64_t widest = std::numeric_limits<std::uint32_t>::max();
  const auto jitter = random_.below(
      static_cast<std::uint32_t>(std::min<std::uint64_t>(static_cast<std::uint64_t>(options_.step), widest)));
  const auto time = options_.start + static_cast<std::int64_t>(made_++) * options_.step + jitter;
  const auto severity = options_.mix.pick(random_);
  const facts event{severity, catalog_.pick_service(random_), random_.between(1000, 200'999),
                    draw_latency(random_), catalog_.pick_status(severity, random_)};
  body += R"({"timestamp":")";
  append_time(body, time);
  body += R"(","level":")";
  body += to_string(severity);
  body += R"(","service":")";
  body += catalog_.service(event.service);
  body += R"(","message":")";
  append_message(body, event);
  body += R"(","metadata":{"host":")";
  body += catalog_.host(random_.below(simulation_catalog::host_count));
  body += R"(","trace_id":")";
  append_hex<16>(body, random_.next());
  append_hex<16>(body, random_.next());
  body += R"(","user_id":)";
  append_number(body, event.user);
  body += R"(,"latency_ms":)";
  append_tenths(body, event.latency_tenths);
  body += R"(,"path":"/v1/)";
  const auto resources = catalog_.words(hole::resource);
  body += resources[random_.below(static_cast<std::uint32_t>(resources.size()))];
  if (random_.below(3) != 0) {
    body += '/';
    append_number(body, random_.between(1, 99'999));
  }
  body += R"(","status":)";
  append_number(body, event.status);
  body += "}}\n";
}

void event_generator::append_time(std::string& body, timestamp time) {
  using namespace std::chrono;
  const sys_time<nanoseconds> moment{nanoseconds{time}};
  const auto whole = floor<seconds>(moment);
  if (whole.time_since_epoch().count() != second_) {
    second_ = whole.time_since_epoch().count();
    const auto day = floor<days>(whole);
    const year_month_day date{day};
    const hh_mm_ss clock{whole - day};
    second_text_ = {'0', '0', '0', '0', '-', '0', '0', '-', '0', '0',
                    'T', '0', '0', ':', '0', '0', ':', '0', '0', '.'};
    const auto write = [this](std::size_t first, std::size_t size, auto value) {
      write_padded(second_text_.data() + first, second_text_.data() + first + size,
                   static_cast<std::uint64_t>(value));
    };
    write(0, 4, static_cast<int>(date.year()));
    write(5, 2, static_cast<unsigned>(date.month()));
    write(8, 2, static_cast<unsigned>(date.day()));
    write(11, 2, clock.hours().count());
    write(14, 2, clock.minutes().count());
    write(17, 2, clock.seconds().count());
  }
  body.append(second_text_.data(), second_text_.size());
  std::array<char, 10> fraction;
  write_padded(fraction.data(), fraction.data() + 9, static_cast<std::uint64_t>((moment - whole).count()));
  fraction[9] = 'Z';
  body.append(fraction.data(), fraction.size());
}

void event_generator::append_message(std::string& body, const facts& event) {
  for (const auto& [text, value] : catalog_.pick_message(event.service, event.severity, random_)) {
    body += text;
    switch (value) {
      case hole::none:
        break;
      case hole::few:
        body += static_cast<char>('1' + random_.below(9));
        break;
      case hole::small:
        append_number(body, random_.between(1, 999));
        break;
      case hole::large:
        append_number(body, random_.between(1000, 999'999));
        break;
      case hole::address:
        append_address(body, random_);
        break;
      case hole::uuid:
        append_uuid(body, random_);
        break;
      case hole::hash:
        append_hex<16>(body, random_.next());
        break;
      case hole::table:
      case hole::topic:
      case hole::cause:
      case hole::effect:
      case hole::resource: {
        const auto words = catalog_.words(value);
        body += words[random_.below(static_cast<std::uint32_t>(words.size()))];
        break;
      }
      case hole::mail:
        body += "user";
        append_number(body, random_.between(1, 99'999));
        body += "@example.com";
        break;
      case hole::user:
        append_number(body, event.user);
        break;
      case hole::latency:
        append_tenths(body, event.latency_tenths);
        break;
      case hole::status:
        append_number(body, event.status);
        break;
    }
  }
}

}  // namespace logstream
