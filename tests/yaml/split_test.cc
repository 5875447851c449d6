#include "yaml/split.h"

#include "support/catch.h"

namespace wicket::yaml {
namespace {

TEST_CASE("documents are cut at lines that start with three dashes") {
  struct Case {
    const char* name;
    std::string_view text;
    std::string_view first;
    bool complete;
  };
  const Case cases[] = {
      {"one document", "a: 1\n", "a: 1\n", false},
      {"two documents", "a: 1\n---\nb: 2\n", "a: 1\n", true},
      {"marker in front", "---\na: 1\n---\nb: 2\n", "---\na: 1\n", true},
      {"marker inside of a block scalar", "a: |\n  x\n---\nb: 1\n", "a: |\n  x\n", true},
      {"indented dashes are no marker", "a: |\n  ---\nb: 1\n", "a: |\n  ---\nb: 1\n", false},
      {"Windows line ends", "a: 1\r\n---\r\nb: 2\r\n", "a: 1\r\n", true},
      {"no last line break", "a: 1\n---", "a: 1\n", true},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const Slice slice = first_document(c.text);
    CHECK(c.text.substr(0, slice.size) == c.first);
    CHECK(slice.complete == c.complete);
  }
}

TEST_CASE("a look at the first column tells foreign kinds") {
  struct Case {
    const char* name;
    const char* text;
    Sniff want;
  };
  const Case cases[] = {
      {"nothing", "", Sniff::kEmpty},
      {"comments", "# a\n\n  # b\n---\n", Sniff::kEmpty},
      {"Istio", "apiVersion: networking.istio.io/v1\nkind: Gateway\n", Sniff::kRead},
      {"misspelt Istio kind", "apiVersion: networking.istio.io/v1\nkind: Gatway\n", Sniff::kRead},
      {"ConfigMap", "apiVersion: v1\nkind: ConfigMap\ndata: {}\n", Sniff::kForeign},
      {"kind at the end", "apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\n", Sniff::kForeign},
      {"comment behind the kind", "apiVersion: v1\nkind: Job # nightly\n", Sniff::kForeign},
      {"Service", "apiVersion: v1\nkind: Service\n", Sniff::kRead},
      {"quoted kind", "apiVersion: v1\nkind: \"ConfigMap\"\n", Sniff::kRead},
      {"two kinds", "kind: ConfigMap\nkind: Gateway\n", Sniff::kRead},
      {"JSON", "{\"kind\": \"ConfigMap\"}\n", Sniff::kRead},
      {"no kind", "a: 1\n", Sniff::kRead},
      {"a kind further in", "spec:\n  kind: ConfigMap\n", Sniff::kRead},
      {"indented document", "  apiVersion: v1\n  kind: Gateway\n", Sniff::kRead},
      {"template for a kind", "apiVersion: v1\nkind: {{ .Values.kind }}\n", Sniff::kRead},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(static_cast<int>(first_document(c.text).sniff) == static_cast<int>(c.want));
  }
}

}  // namespace
}  // namespace wicket::yaml
