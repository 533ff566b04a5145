// SPDX-License-Identifier: MIT
// The checker and the documents.
#include "app/cli/check_config.hpp"

#include "app/config/settings_document.hpp"

#include <ostream>
#include <sstream>

namespace logstream {

void report_problems(const error& failure, std::ostream& err) {
  std::istringstream problems{failure.message};
  for (std::string each; std::getline(problems, each);) err << "logstream: " << each << '\n';
}

exit_code run_check_config(const check_options& options, const environment& variables, std::ostream& out,
                           std::ostream& err) {
  if (!options.document.empty()) {
    out << (options.document == "example" ? example_configuration() : settings_manual());
    return exit_code::ok;
  }
  const auto loaded = load_configuration({}, variables, options.file);
  if (!loaded) {
    report_problems(loaded.failure(), err);
    return exit_code::usage;
  }
  for (const std::string& each : loaded->warnings) err << "logstream: warning: " << each << '\n';
  if (options.print)
    out << effective_configuration(*loaded);
  else
    out << (loaded->file.empty() ? "no file" : loaded->file) << ": ok, " << loaded->origins.size()
        << " settings, " << loaded->rules.size() << " rules, " << loaded->webhooks.size() << " webhooks\n";
  return exit_code::ok;
}

}  // namespace logstream
