// SPDX-License-Identifier: MIT
// Receipts as JSON.
#include "http/receipt_text.hpp"

#include "engine/wire/json_text.hpp"
#include "http/problem.hpp"

#include <string>

namespace logstream::http {

namespace {

// The members without braces, the first without a comma before it.
void append_members(std::string& out, const ingest_receipt& receipt) {
  out += R"("accepted":)";
  append_json_number(out, receipt.accepted);
  out += R"(,"rejected":)";
  append_json_number(out, receipt.rejected);
  out += R"(,"ids":[)";
  for (const event_id& id : receipt.ids) {
    out += out.back() == '[' ? "\"" : ",\"";
    append_event_id(out, id);
    out += '"';
  }
  out += R"(],"errors":[)";
  for (const rejection& each : receipt.rejections) {
    out += out.back() == '[' ? R"({"line":)" : R"(,{"line":)";
    append_json_number(out, each.line);
    out += R"(,"member":)";
    append_json_string(out, each.member);
    out += R"(,"reason":)";
    append_json_string(out, each.reason);
    out += '}';
  }
  out += ']';
}

}  // namespace

response receipt_response(const ingest_receipt& receipt, std::string_view instance) {
  if (receipt.accepted == 0) {
    std::string members = ",";
    append_members(members, receipt);
    return problem(400,
                   receipt.rejected == 0 ? "the body holds no events" : "no event of the body could be taken",
                   instance, members);
  }
  response out;
  out.media_type = media::json;
  out.body.reserve(64 + receipt.ids.size() * (event_id_text_size + 3) + receipt.rejections.size() * 64);
  out.body += '{';
  append_members(out.body, receipt);
  out.body += '}';
  return out;
}

}  // namespace logstream::http
