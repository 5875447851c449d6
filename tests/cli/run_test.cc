#include "cli/run.h"

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "check/registry.h"
#include "cli/console.h"
#include "cli/help.h"
#include "cli/option_table.h"
#include "cli/version.h"
#include "support/catch.h"

namespace wicket::cli {
namespace {

TEST_CASE("no arguments: help on standard error, as wrong usage") {
  const Outcome outcome = run_wicket({});
  CHECK(outcome.code == ExitCode::kUsage);
  CHECK(outcome.out.empty());
  CHECK(outcome.err == help_text(program(), 80));
}

TEST_CASE("help and version are results") {
  for (const std::vector<std::string>& args : {std::vector<std::string>{"--help"}, {"help"}, {"lint", "-h"}}) {
    const Outcome outcome = run_wicket(args);
    CHECK(outcome.code == ExitCode::kClean);
    CHECK(outcome.out.starts_with("wicket"));
    CHECK(outcome.err.empty());
  }
  for (const std::string arg : {"version", "--version", "-V"}) {
    const Outcome outcome = run_wicket({arg});
    CHECK(outcome.code == ExitCode::kClean);
    CHECK(outcome.out == "wicket " + std::string(version()) + "\n");
  }
}

TEST_CASE("wrong usage: two lines on standard error, nothing on standard output") {
  const Outcome outcome = run_wicket({"lint", "--fromat", "json"});
  CHECK(outcome.code == ExitCode::kUsage);
  CHECK(outcome.out.empty());
  CHECK(outcome.err == "wicket: unknown option --fromat; did you mean --format?\nsee `wicket lint --help`\n");
}

TEST_CASE("route says what it does not use, and nothing of what it reads as it is meant") {
  const auto manifest = [](std::string_view second) {
    return fmt::format(
        "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: g, namespace: a}}\nspec:\n  servers:\n"
        "  - port: {{number: 80, name: http, protocol: HTTP}}\n    hosts: &hosts [a.example.com]\n"
        "  - port: {{number: 81, name: http-81, protocol: HTTP}}\n    {}\n",
        second);
  };
  const std::vector<std::string> args = {"route", "http://a.example.com/", "-"};
  CHECK(run_wicket(args, manifest("hosts: *hosts")).err.empty());
  CHECK(run_wicket(args, manifest("hosts: *hosts\n    tsl: {}")).err.find("something is not used") !=
        std::string::npos);
}

TEST_CASE("the folder of -C is left again, and a folder that is not there is a failure") {
  const std::filesystem::path before = std::filesystem::current_path();
  CHECK(run_wicket({"-C", "/", "version"}).code == ExitCode::kClean);
  CHECK(std::filesystem::current_path() == before);

  const Outcome outcome = run_wicket({"-C", "/no/such/folder", "version"});
  CHECK(outcome.code == ExitCode::kFailure);
  CHECK(outcome.out.empty());
  CHECK(outcome.err == "wicket: cannot enter /no/such/folder: No such file or directory\n");
  CHECK(std::filesystem::current_path() == before);
}

TEST_CASE("every check is explained under its id and its name") {
  for (const check::Family* family : check::families())
    for (const check::RuleInfo& rule : family->rules)
      for (const std::string_view code : {rule.id, rule.name}) {
        const Outcome outcome = run_wicket({"explain", std::string(code)});
        CHECK(outcome.code == ExitCode::kClean);
        CHECK(outcome.err.empty());
        CHECK(outcome.out.starts_with(std::string(rule.id) + " " + std::string(rule.name) + "\n"));
      }
}

TEST_CASE("explain takes several codes, prefixes and `all`, and shows each check once") {
  const check::Family& family = *check::families().front();
  const std::string id(family.rules.front().id);
  const std::string once = run_wicket({"explain", id}).out;
  CHECK(run_wicket({"explain", id, id}).out == once);
  CHECK(run_wicket({"explain", std::string(family.prefix)}).out.starts_with(once));
  CHECK(run_wicket({"explain", "all"}).out.starts_with(once));
  CHECK(run_wicket({"explain", "-o", "markdown", id}).out.starts_with("## " + id));
}

TEST_CASE("explain names what it does not know, and explains nothing") {
  const std::string id(check::families().front()->rules.front().id);
  const Outcome outcome = run_wicket({"explain", id, "frobnicate"});
  CHECK(outcome.code == ExitCode::kUsage);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.starts_with("wicket: no check is called \"frobnicate\""));

  std::string mistyped(check::families().front()->rules.front().name);
  std::swap(mistyped[1], mistyped[2]);
  CHECK(run_wicket({"explain", mistyped}).err.find("; did you mean ") != std::string::npos);
}

TEST_CASE("rules lists what is on by default, and with --all the rest") {
  const std::string some = run_wicket({"rules"}).out, all = run_wicket({"rules", "--all"}).out;
  bool any_off = false;
  for (const check::Family* family : check::families())
    for (const check::RuleInfo& rule : family->rules) {
      const std::string line_start = "\n  " + std::string(rule.id) + "  ";
      CHECK(all.find(line_start) != std::string::npos);
      CHECK((some.find(line_start) != std::string::npos) == rule.on_by_default);
      any_off = any_off || !rule.on_by_default;
    }
  CHECK(run_wicket({"rules"}).err.empty() == !any_off);
  CHECK(run_wicket({"rules", "--all"}).err.empty());
  CHECK(run_wicket({"rules", "-q"}).err.empty());
}

}  // namespace
}  // namespace wicket::cli
