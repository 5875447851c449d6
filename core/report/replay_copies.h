// Recorded requests in formats that other tools read, and as tests of wicket.
#pragma once

#include <string>
#include <vector>

#include "replay/record.h"
#include "route/table.h"

namespace wicket::report {

/// A list of tests, each of which expects what is decided now. `where` says in a comment what they were made from.
/// Schema: schemas/test.schema.json.
[[nodiscard]] std::string requests_as_tests(const std::vector<replay::Record>& records, const route::RouteTable& table,
                                            const std::string& where);
/// HTTP Archive 1.2.
[[nodiscard]] std::string requests_as_har(const std::vector<replay::Record>& records);
/// Entries of hurl, with the status of answers that the gateway gives itself.
[[nodiscard]] std::string requests_as_hurl(const std::vector<replay::Record>& records, const route::RouteTable& table);
/// A shell script of curl command lines.
[[nodiscard]] std::string requests_as_curl(const std::vector<replay::Record>& records);

}  // namespace wicket::report
