// SPDX-License-Identifier: MIT
// Time and level of ordinary log lines, format by format.
#include "engine/wire/plain_line.hpp"

#include "engine/wire/time_text.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>

using namespace logstream;

namespace {

const timestamp now = *parse_rfc3339("2024-05-01T12:34:56Z");

struct sample {
  const char* line;
  /// As format_rfc3339 prints it; empty when the line has none.
  const char* time;
  /// As to_string prints it; empty when the line has none.
  const char* level;
};

void check(const sample& expected) {
  CAPTURE(expected.line);
  const plain_line read = read_plain_line(expected.line, now);
  CHECK((read.time ? format_rfc3339(*read.time) : "") == expected.time);
  CHECK((read.lvl ? to_string(*read.lvl) : "") == expected.level);
}

}  // namespace

TEST_CASE("lines of the ten collected systems give their time and level", "[plain_line]") {
  check(GENERATE(values<sample>({
      {"[Sun Dec 04 04:47:44 2005] [notice] workerEnv.init() ok", "2005-12-04T04:47:44Z", "INFO"},
      {"[Sun Dec 04 04:47:44 2005] [error] mod_jk child in error state 6", "2005-12-04T04:47:44Z", "ERROR"},
      {"081109 203615 148 INFO dfs.DataNode$PacketResponder: terminating", "2008-11-09T20:36:15Z", "INFO"},
      {"081110 000001 35 WARN dfs.FSNamesystem: BLOCK* ERROR", "2008-11-10T00:00:01Z", "WARN"},
      {"2015-10-18 18:01:47,978 INFO [main] org.apache.MRAppMaster: ERROR", "2015-10-18T18:01:47.978Z",
       "INFO"},
      {"2015-10-18 18:06:26,000 FATAL [IPC Server handler 3] x: y", "2015-10-18T18:06:26Z", "CRITICAL"},
      {"134681 node-246 unix.hw state_change.unavailable 1077804742 1 Component", "2004-02-26T14:12:22Z", ""},
      {"44937 gige7 gige temperature 1105776193 1 warning", "2005-01-15T08:03:13Z", ""},
      {"20171223-22:15:29:606|Step_LSC|30002312|onStandStepChanged 3579", "2017-12-23T22:15:29.606Z", ""},
      {"20171224-0:0:5:7|Step_SPUtils|30002312|the step count is an ERROR", "2017-12-24T00:00:05.007Z", ""},
      {"Mar 14 15:16:01 combo sshd(pam_unix)[19939]: authentication failure; error", "2024-03-14T15:16:01Z",
       ""},
      {"Jul  9 12:16:51 combo ftpd[23154]: connection from 1.2.3.4 () at Sat Jul  9 12:16:51 2005",
       "2023-07-09T12:16:51Z", ""},
      {"Dec 10 06:55:46 LabSZ sshd[24200]: Failed password for root", "2023-12-10T06:55:46Z", ""},
      {"Dec 10 06:55:46 LabSZ sshd[24200]: error: Received disconnect", "2023-12-10T06:55:46Z", "ERROR"},
      {"[10.30 16:49:06] chrome.exe - proxy.example:5070 open through proxy ERROR", "2023-10-30T16:49:06Z",
       ""},
      {"17/06/09 20:10:40 INFO executor.Backend: Registered", "2017-06-09T20:10:40Z", "INFO"},
      {"2015-07-29 17:41:44,747 - INFO  [QuorumPeer[myid=1]/0:0:0:2181:Fast@774] - ERROR",
       "2015-07-29T17:41:44.747Z", "INFO"},
      {"2015-07-29 19:04:29,071 - WARN  [SendWorker:188978561024:Q$S@688] - leaving",
       "2015-07-29T19:04:29.071Z", "WARN"},
  })));
}

TEST_CASE("the formats of common servers and libraries are read", "[plain_line]") {
  check(GENERATE(values<sample>({
      {"2024-04-30T01:02:03.5+02:00 INFO started", "2024-04-29T23:02:03.500Z", "INFO"},
      {"2024-04-30 01:02:03 UTC [123] LOG:  checkpoint starting", "2024-04-30T01:02:03Z", "INFO"},
      {"2024-04-30 01:02:03.004 UTC [123] app@db FATAL:  no", "2024-04-30T01:02:03.004Z", "CRITICAL"},
      {"127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /error HTTP/1.0\" 200 2326",
       "2000-10-10T20:55:36Z", ""},
      {"2024/04/30 01:02:03 [error] 12#0: *7 open() failed", "2024-04-30T01:02:03Z", "ERROR"},
      {"2024/04/30 01:02:03.000250 main.go:7: hello", "2024-04-30T01:02:03.000250Z", ""},
      {"[Wed Oct 11 14:32:52.123456 2023] [core:error] [pid 35708] x", "2023-10-11T14:32:52.123456Z",
       "ERROR"},
      {"I0102 15:04:05.000001   1234 server.go:12] ok", "2024-01-02T15:04:05.000001Z", "INFO"},
      {"E1231 15:04:05.000000   1234 server.go:12] no", "2023-12-31T15:04:05Z", "ERROR"},
      {"1714521600 job done", "2024-05-01T00:00:00Z", ""},
      {"1714521600.250 310 10.0.0.1 TCP_MISS/200", "2024-05-01T00:00:00.250Z", ""},
      {"[1714521600123] ERROR disk", "2024-05-01T00:00:00.123Z", "ERROR"},
      {"<34>1 2024-04-30T01:02:03.004Z host su - ID47 - failed", "2024-04-30T01:02:03.004Z", "CRITICAL"},
      {"<13>Apr 30 01:02:03 host app: started", "2024-04-30T01:02:03Z", "INFO"},
      {"ts=2024-04-30T01:02:03Z caller=x.go:1 level=warn msg=\"x\"", "2024-04-30T01:02:03Z", "WARN"},
      {"level=error msg=\"a b\" time=\"2024-04-30T01:02:03Z\"", "2024-04-30T01:02:03Z", "ERROR"},
      {"time=\"2024-04-30T01:02:03Z\" level=\"fatal\" msg=x", "2024-04-30T01:02:03Z", "CRITICAL"},
      {"t=1714521600.5 lvl=dbg", "2024-05-01T00:00:00.500Z", "DEBUG"},
      {"INFO 2024-04-30 01:02:03 started", "2024-04-30T01:02:03Z", "INFO"},
      {"[WARN] [2024-04-30 01:02:03] x", "2024-04-30T01:02:03Z", "WARN"},
      {"[2024-04-30 01:02:03 +0000] [12] [INFO] Booting", "2024-04-30T01:02:03Z", "INFO"},
      {"[2024-04-30T01:02:03Z WARN  crate::module] x", "2024-04-30T01:02:03Z", "WARN"},
      {"[2024-04-30 01:02:03] production.ERROR: x", "2024-04-30T01:02:03Z", "ERROR"},
      {"[30-Apr-2024 01:02:03 UTC] PHP Warning:  x in y", "2024-04-30T01:02:03Z", "WARN"},
      {"30-Apr-2024 01:02:03.004 SEVERE [main] org.apache.x", "2024-04-30T01:02:03.004Z", "ERROR"},
      {"2024-04-30 01:02:03.004  INFO 7 --- [main] c.e.App : up", "2024-04-30T01:02:03.004Z", "INFO"},
      {"2024-04-30 01:02:03.004 [http-8080-1] DEBUG c.e.App - x", "2024-04-30T01:02:03.004Z", "DEBUG"},
      {"2024-04-30 01:02:03,004 - my.module - CRITICAL - x", "2024-04-30T01:02:03.004Z", "CRITICAL"},
      {"04-30 01:02:03.004  1702  2395 D WindowManager: x", "2024-04-30T01:02:03.004Z", "DEBUG"},
      {"2024-04-30T01:02:03.004+0000 I NETWORK  [conn1] x", "2024-04-30T01:02:03.004Z", "INFO"},
      {"1234:M 30 Apr 2024 01:02:03.004 * Ready", "2024-04-30T01:02:03.004Z", ""},
      {"web_1  | 2024-04-30 01:02:03 ERROR x", "2024-04-30T01:02:03Z", "ERROR"},
      {"\x1b[2m2024-04-30T01:02:03Z\x1b[0m \x1b[33m WARN\x1b[0m app: x", "2024-04-30T01:02:03Z", "WARN"},
      {"Tue, 30 Apr 2024 01:02:03 GMT error: x", "2024-04-30T01:02:03Z", "ERROR"},
      {"Tue Apr 30 01:02:03 UTC 2024 x", "2024-04-30T01:02:03Z", ""},
      {"20240430T010203Z info x", "2024-04-30T01:02:03Z", "INFO"},
      {"30.04.2024 01:02:03 x", "2024-04-30T01:02:03Z", ""},
      {"Feb 29 01:02:03 host app: x", "2024-02-29T01:02:03Z", ""},
  })));
}

TEST_CASE("a level without a time is taken from the first word only", "[plain_line]") {
  check(GENERATE(values<sample>({
      {"ERROR: disk full", "", "ERROR"},
      {"Warning: x", "", "WARN"},
      {"WARNING:root:x", "", "WARN"},
      {"[error] x", "", "ERROR"},
      {"info: Microsoft.Hosting.Lifetime[0]", "", "INFO"},
      {"[12:34:56 ERR] x", "", "ERROR"},
      {"12:34:56.789 [main] WARN  x", "", "WARN"},
      {"FATAL out of memory", "", "CRITICAL"},
      {"app[7]: level=debug x", "", "DEBUG"},
  })));
}

TEST_CASE("what only looks like a time or a level is not taken for one", "[plain_line]") {
  check(GENERATE(values<sample>({
      {"", "", ""},
      {"   ", "", ""},
      {"[", "", ""},
      {"<", "", ""},
      {"<999>x", "", ""},
      {"error while reading", "", ""},
      {"the ERROR was ignored", "", ""},
      {"user 1714521600 logged in", "", ""},
      {"5550001234 is a telephone number", "", ""},
      {"[   12.345678] usb 1-1: new device", "", ""},
      {"backup of 2024-04-30T01:02:03Z done", "", ""},
      {"2024-04-31 01:02:03 INFO", "", "INFO"},
      {"2024-13-01 01:02:03 x", "", ""},
      {"\tat org.apache.Main(Main.java:7) ERROR", "", ""},
      {"java.lang.Exception: INFO is not a level here", "", ""},
      {"compression level=3", "", ""},
      {"sublevel=error", "", ""},
      {"2024-04-30 01:02:03 the user saw an ERROR page", "2024-04-30T01:02:03Z", ""},
      {"Apr 30 01:02:03 host logrotate: ALERT exited abnormally", "2024-04-30T01:02:03Z", ""},
      {"Apr 30 01:02:03 host app[1]: request failed with ERROR", "2024-04-30T01:02:03Z", ""},
  })));
}

TEST_CASE("a time without a year lies in the latest year that is not in the future", "[plain_line]") {
  CHECK(read_plain_line("May  1 12:00:00 h a: x", now).time == parse_rfc3339("2024-05-01T12:00:00Z"));
  CHECK(read_plain_line("May  3 12:00:00 h a: x", now).time == parse_rfc3339("2023-05-03T12:00:00Z"));
  CHECK(read_plain_line("Dec 31 23:59:59 h a: x", *parse_rfc3339("2024-01-01T00:00:10Z")).time ==
        parse_rfc3339("2023-12-31T23:59:59Z"));
  CHECK(read_plain_line("Feb 29 12:00:00 h a: x", *parse_rfc3339("2023-06-01T00:00:00Z")).time ==
        parse_rfc3339("2020-02-29T12:00:00Z"));
}

TEST_CASE("a clock ahead of UTC does not put a line into the year before", "[plain_line]") {
  CHECK(read_plain_line("May  1 14:34:56 h a: x", now).time == parse_rfc3339("2024-05-01T14:34:56Z"));
  CHECK(read_plain_line("Jan  1 01:00:00 h a: x", *parse_rfc3339("2023-12-31T23:00:00Z")).time ==
        parse_rfc3339("2024-01-01T01:00:00Z"));
}

TEST_CASE("no bytes make the reader of plain lines misbehave", "[plain_line][property]") {
  std::mt19937_64 random{11};
  const std::string_view alphabet = "0123456789[]()<>:|-=./, \x1b\"'ERORlevInfJanMon";
  std::size_t found = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::string line = "[Sun Dec 04 04:47:44 2005] [core:notice] level=x";
    if (i % 2 == 0) {
      line.resize(random() % 64);
      for (char& c : line) c = alphabet[random() % alphabet.size()];
    } else {
      line[random() % line.size()] = static_cast<char>(random());
      line.resize(random() % line.size());
    }
    const plain_line read = read_plain_line(line, now);
    found += (read.time ? 1u : 0u) + (read.lvl ? 1u : 0u);
  }
  CHECK(found > 0);
}
