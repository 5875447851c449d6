// Documents that are not YAML for Kubernetes, each with the line where somebody who wants to repair it has to look.
// libyaml, of which the reader of Kubernetes is a port, refuses every one of them. (That reader stops behind the first
// value of a document, so it never sees what a few of these have left over; the leftover text is lost without a word.)
#pragma once

namespace wicket::yaml::test {

// Long texts without long lines.
#define WICKET_TEST_X10(s) s s s s s s s s s s
#define WICKET_TEST_X100(s) WICKET_TEST_X10(s s s s s s s s s s)

/// `line` counts from 1: where the quote or bracket opens, where the colon or comma is missing, where the tab stands.
struct BrokenDocument {
  const char* name;
  const char* text;
  int line;
};

inline constexpr BrokenDocument kBrokenDocuments[] = {
    // Quotes that are opened and never closed: the line of the opening quote.
    {"double quote open at the end of the file",
     "hosts:\n"
     "- \"shop.example.com\n",
     2},
    {"double quote open, no final line break", "name: \"shop", 1},
    {"single quote open at the end of the file",
     "metadata:\n"
     "  name: 'shop\n",
     2},
    {"single quote open, no final line break", "- 'shop", 1},
    {"double quote open, lines follow",
     "metadata:\n"
     "  name: \"shop\n"
     "  namespace: retail\n"
     "spec: {}\n",
     2},
    {"single quote open, lines follow",
     "metadata:\n"
     "  name: 'shop\n"
     "  namespace: retail\n"
     "spec: {}\n",
     2},
    {"double quote open, a later value is quoted too",
     "name: \"shop\n"
     "namespace: \"retail\"\n"
     "team: blue\n",
     1},
    {"single quote open, a later value is quoted too",
     "name: 'shop\n"
     "namespace: 'retail'\n"
     "team: blue\n",
     1},
    {"double quote open in the middle of a list",
     "hosts:\n"
     "- \"a.example.com\"\n"
     "- \"b.example.com\n"
     "- \"c.example.com\"\n",
     3},
    {"quote of a key never closed",
     "\"hosts: [a.example.com]\n"
     "name: shop\n",
     1},
    {"single quote of a key never closed",
     "spec:\n"
     "  'hosts: [a.example.com]\n"
     "  name: shop\n",
     2},
    {"quote open in a flow list, first item",
     "hosts: [\"a.example.com, \"b.example.com\"]\n"
     "name: shop\n",
     1},
    {"quote open in a flow list, last item",
     "hosts: [\"a.example.com\", \"b.example.com]\n"
     "ports: [80]\n",
     1},
    {"single quote open in a flow list over several lines",
     "hosts: [\n"
     "  'a.example.com',\n"
     "  'b.example.com,\n"
     "  'c.example.com'\n"
     "]\n",
     3},
    {"quote open in a flow mapping", "port: {name: \"http, number: 80}\n", 1},
    {"single quote open in a flow mapping, lines follow",
     "port: {name: 'http, number: 80}\n"
     "hosts: [a]\n",
     1},
    {"backslash takes the closing quote away",
     "path: \"C:\\shop\\\"\n"
     "name: a\n",
     1},
    {"backslash does not protect a single quote",
     "text: 'it\\'s open'\n"
     "name: a\n",
     1},
    {"comment after a quote that is open",
     "name: \"shop  # the shop\n"
     "team: blue\n",
     1},
    // Text after a closing quote.
    {"word after a closing double quote", "name: \"shop\" west\n", 1},
    {"word after a closing single quote", "name: 'shop' west\n", 1},
    {"word glued to a closing double quote",
     "team: blue\n"
     "name: \"shop\"west\n",
     2},
    {"apostrophe inside single quotes", "text: 'it's open'\n", 1},
    {"double quotes inside double quotes", "text: \"say \"hello\" twice\"\n", 1},
    {"word after a quoted list item",
     "- \"a\" b\n"
     "- c\n",
     1},
    {"word on the line below a quoted value",
     "name: \"shop\"\n"
     "  west\n",
     2},
    {"word after a quoted key",
     "kind: Gateway\n"
     "\"name\" more: shop\n",
     2},
    {"comma after a quoted value",
     "name: \"shop\",\n"
     "team: blue\n",
     1},
    {"two quoted values in a block", "hosts: \"a.example.com\", \"b.example.com\"\n", 1},
    {"word below a quoted item's value",
     "- name: \"http\"\n"
     "- name: \"https\"\n"
     "  secure\n",
     3},
    // Escapes that double quotes do not know.
    {"regex digit escape", "regex: \"/item/\\d+\"\n", 1},
    {"regex dot escape",
     "name: a\n"
     "regex: \"www\\.example\\.com\"\n",
     2},
    {"windows path", "path: \"C:\\Users\\shop\"\n", 1},
    {"hex escape without digits", "a: \"\\xZZ\"\n", 1},
    {"unicode escape with a bad digit", "a: \"\\u12G4\"\n", 1},
    {"unicode escape cut short", "a: \"\\u12\"\n", 1},
    {"unicode escape beyond the last code point", "a: \"\\U00110000\"\n", 1},
    {"lone surrogate escape in a block", "a: \"\\ud800\"\n", 1},
    {"unknown letter escape",
     "a: ok\n"
     "b: \"\\q\"\n",
     2},
    {"digit escape", "a: \"\\1\"\n", 1},
    {"bad escape on the second line of a quote",
     "text: \"first\n"
     "  second \\k\n"
     "  third\"\n",
     2},
    {"bad escape in a flow list", "list: [\"a\", \"\\s+\", \"c\"]\n", 1},
    // A key without its colon: the line of that key.
    {"first key without colon",
     "apiVersion v1\n"
     "kind: Gateway\n",
     1},
    {"middle key without colon",
     "apiVersion: v1\n"
     "kind Gateway\n"
     "name: shop\n",
     2},
    {"last key without colon",
     "apiVersion: v1\n"
     "kind Gateway\n",
     2},
    {"last key without colon, no final line break",
     "apiVersion: v1\n"
     "kind",
     2},
    {"first key without colon, a block below",
     "spec\n"
     "  hosts:\n"
     "  - a.example.com\n",
     1},
    {"middle key without colon, a block below",
     "kind: Gateway\n"
     "spec\n"
     "  servers: []\n"
     "status: {}\n",
     2},
    {"last key without colon, a block below",
     "kind: Gateway\n"
     "metadata\n"
     "  name: shop\n",
     2},
    {"nested key without colon",
     "spec:\n"
     "  selector:\n"
     "    app: gate\n"
     "  servers\n"
     "  - port: 80\n",
     4},
    {"key in a list item without colon",
     "servers:\n"
     "- port\n"
     "    number: 80\n"
     "    name: http\n",
     2},
    {"second key of a list item without colon",
     "servers:\n"
     "- name: web\n"
     "  port 80\n"
     "  hosts: [a]\n",
     3},
    {"quoted first key without colon", "\"name\" shop\n", 1},
    {"quoted middle key without colon",
     "a: 1\n"
     "'b' 2\n"
     "c: 3\n",
     2},
    {"quoted key alone on its line",
     "a: 1\n"
     "\"b\"\n"
     "c: 3\n",
     2},
    {"last key without colon after a list",
     "hosts:\n"
     "- a\n"
     "- b\n"
     "gateways\n",
     4},
    {"colon without blank, first key",
     "kind:Gateway\n"
     "metadata: {}\n",
     1},
    {"colon without blank, middle key",
     "kind: Gateway\n"
     "name:shop\n"
     "team: blue\n",
     2},
    {"colon without blank, last key",
     "kind: Gateway\n"
     "name:shop\n",
     2},
    {"colon without blank, nested",
     "spec:\n"
     "  name:shop\n"
     "  team: blue\n",
     2},
    {"colon without blank in a list item",
     "- name:http\n"
     "  number: 80\n",
     1},
    {"colon without blank after a quoted key", "\"number\":80\n", 1},
    {"colon without blank after the key of a block",
     "spec:\n"
     "  hosts:[a.example.com]\n"
     "  name: shop\n",
     2},
    {"equals sign instead of a colon",
     "name: shop\n"
     "team = blue\n"
     "zone: eu\n",
     2},
    // A second colon on a line, and keys that span lines.
    {"two values on one line", "host: shop: example\n", 1},
    {"two values on one line, nested",
     "metadata:\n"
     "  name: shop\n"
     "  host: shop: example\n",
     3},
    {"three keys on one line", "match: uri: prefix\n", 1},
    {"blank inside a url", "uri: http: //shop.example.com\n", 1},
    {"second colon after a quoted value", "host: \"shop\": example\n", 1},
    {"second colon after a flow list", "hosts: [a]: b\n", 1},
    {"second colon in a list item", "- name: web: http\n", 1},
    {"second colon in a flow mapping", "port: {name: web: http}\n", 1},
    {"sentence with a colon on its second line",
     "text: this goes on\n"
     "  but note: not like this\n",
     2},
    {"quoted key over two lines",
     "\"long\n"
     "  key\": 1\n",
     1},
    {"quoted key over two lines in a flow mapping",
     "port: {\"long\n"
     "  key\": 1}\n",
     1},
    {"block key of more than a thousand bytes", WICKET_TEST_X100("very-long-") WICKET_TEST_X100("very-long-") ": 1\n",
     1},
    // A comma missing between flow items: the line where the item before it ends.
    {"quoted items without comma", "hosts: [\"a.example.com\" \"b.example.com\"]\n", 1},
    {"single quoted items without comma", "hosts: ['a' 'b', 'c']\n", 1},
    {"plain item after a quoted one", "hosts: [\"a\" b]\n", 1},
    {"quoted items on lines of their own",
     "hosts: [\n"
     "  \"a.example.com\",\n"
     "  \"b.example.com\"\n"
     "  \"c.example.com\"\n"
     "]\n",
     3},
    {"plain item, then a list", "list: [a [b]]\n", 1},
    {"plain item, then a mapping", "list: [a {b: 1}]\n", 1},
    {"list, then a plain item", "list: [[a] b]\n", 1},
    {"lists side by side", "list: [[a] [b]]\n", 1},
    {"mappings side by side", "list: [{a: 1} {b: 2}]\n", 1},
    {"mappings on lines of their own",
     "servers: [\n"
     "  {name: a},\n"
     "  {name: b}\n"
     "  {name: c}\n"
     "]\n",
     3},
    {"pairs of a list on lines of their own",
     "list: [a: 1\n"
     "  b: 2]\n",
     1},
    {"plain pairs on one line", "port: {number: 80 name: http}\n", 1},
    {"plain pairs on lines of their own",
     "port: {\n"
     "  number: 80,\n"
     "  name: http\n"
     "  protocol: HTTP\n"
     "}\n",
     3},
    {"plain pairs, second line",
     "port: {number: 80\n"
     "  name: http}\n",
     1},
    {"quoted pairs", "port: {\"number\": 80 \"name\": \"http\"}\n", 1},
    {"pair after a quoted value", "port: {name: \"http\" number: 80}\n", 1},
    {"pair after a list", "server: {hosts: [a, b] name: web}\n", 1},
    {"pair after a mapping", "server: {port: {number: 80} name: web}\n", 1},
    {"pair after a mapping, on the next line",
     "server: {\n"
     "  port: {number: 80}\n"
     "  name: web\n"
     "}\n",
     2},
    {"aliases without comma",
     "a: &x 1\n"
     "b: [*x *x]\n",
     2},
    {"two commas in a list", "list: [a,, b]\n", 1},
    {"two commas in a mapping", "port: {a: 1,, b: 2}\n", 1},
    {"comma first in a list", "list: [, a]\n", 1},
    {"comma first in a mapping", "port: {, a: 1}\n", 1},
    {"semicolon instead of a comma", "port: {\"a\": \"x\"; \"b\": \"y\"}\n", 1},
    {"comma at a line start outside flow",
     "- a\n"
     ",- b\n",
     2},
    {"comma after a quoted root", "'a',\n", 1},
    {"list closed too early", "list: [no], off, on]\n", 1},
    {"root list closed too early", "[a], b, c]\n", 1},
    // Brackets unclosed, mismatched, surplus, or followed by text. Unclosed: the line of the opening bracket.
    {"list open at the end of the file",
     "name: shop\n"
     "hosts: [a, b\n",
     2},
    {"list of quoted items open at the end of the file", "hosts: [\"a\", \"b\"\n", 1},
    {"mapping open at the end of the file", "port: {number: 80\n", 1},
    {"list open, keys follow",
     "hosts: [a.example.com, b.example.com\n"
     "name: shop\n"
     "team: blue\n",
     1},
    {"list of quoted items open, keys follow",
     "hosts: [\"a\", \"b\"\n"
     "name: shop\n",
     1},
    {"mapping open, keys follow",
     "servers:\n"
     "- port: {number: 80, name: http\n"
     "  hosts: [a]\n"
     "- port: {number: 81}\n",
     2},
    {"inner mapping closed, outer open", "a: {b: {c: 1}\n", 1},
    {"outer list open over several lines",
     "spec:\n"
     "  hosts: [\n"
     "    [a],\n"
     "    [b]\n",
     2},
    {"list closed by a brace", "hosts: [a, b}\n", 1},
    {"mapping closed by a bracket", "port: {number: 80]\n", 1},
    {"brackets crossed", "list: [{a: 1]}\n", 1},
    {"bracket too many", "hosts: [a]]\n", 1},
    {"brace too many", "port: {a: {b: 1}}}\n", 1},
    {"closing bracket as a value", "hosts: ]\n", 1},
    {"closing brace alone", "}\n", 1},
    {"closing bracket on a line of its own",
     "hosts:\n"
     "- a\n"
     "]\n",
     3},
    {"text after a list", "hosts: [a, b] c\n", 1},
    {"text after a mapping",
     "port: {number: 80} # fine\n"
     "other: {number: 81} http\n",
     2},
    {"key on the line below a flow root",
     "{a: 1}\n"
     "b: 2\n",
     2},
    {"comma after a list in a block",
     "hosts: [a, b],\n"
     "name: shop\n",
     1},
    {"comma as a value", "name: , shop\n", 1},
    {"template braces before text", "name: {{ .Values.name }}-gate\n", 1},
    // Indentation.
    {"back to a column never opened",
     "spec:\n"
     "    hosts:\n"
     "    - a\n"
     "  gateways: []\n",
     4},
    {"back to a column never opened, one deeper",
     "a:\n"
     "  b:\n"
     "    c: 1\n"
     "   d: 2\n",
     4},
    {"one blank too few",
     "a:\n"
     "    b: 1\n"
     "   c: 2\n",
     3},
    {"deeper key after a plain value",
     "kind: Gateway\n"
     "  name: shop\n",
     2},
    {"deeper key after a quoted value",
     "kind: \"Gateway\"\n"
     "  name: shop\n",
     2},
    {"deeper key after a flow value",
     "hosts: [a]\n"
     "  name: shop\n",
     2},
    {"deeper key in a nested mapping",
     "a:\n"
     "  b: 1\n"
     "    c: 2\n",
     3},
    {"first line indented, second not",
     " a: 1\n"
     "b: 2\n",
     2},
    {"list item one column left",
     "hosts:\n"
     "  - a\n"
     " - b\n",
     3},
    {"quoted list item one column right",
     "hosts:\n"
     "- \"a\"\n"
     " - \"b\"\n",
     3},
    {"list item of pairs one column right",
     "ports:\n"
     "- name: a\n"
     " - name: b\n",
     3},
    {"list item two columns right, after a quote",
     "hosts:\n"
     "  - \"a\"\n"
     "    - \"b\"\n",
     3},
    {"key of an item one column right",
     "- name: a\n"
     "   number: 80\n",
     2},
    {"key of an item one column left",
     "- name: \"a\"\n"
     " number: 80\n",
     2},
    {"wide dash, next key at the usual column",
     "-   name: a\n"
     "  number: 80\n",
     2},
    {"key between dash and parent",
     "http:\n"
     "- route:\n"
     "  - destination: {host: a}\n"
     " timeout: 5s\n",
     4},
    {"key beside deeper list items",
     "spec:\n"
     "  hosts:\n"
     "  - a\n"
     "  - b\n"
     " gateways: []\n",
     5},
    {"dash without blank in an indented list",
     "ports:\n"
     "  - name: a\n"
     "  -name: b\n",
     3},
    {"comment inside a plain value",
     "text: one\n"
     "  # why\n"
     "  two\n",
     3},
    {"dash without blank in a list at the root",
     "- name: a\n"
     "-name: b\n",
     2},
    {"first list item indented, second not",
     "  - a: 1\n"
     "- b: 2\n",
     2},
    {"first key indented like a list below nothing",
     "hosts:\n"
     "    - a\n"
     "   - b\n",
     3},
    // Lists and mappings at one level.
    {"item after a key",
     "name: a\n"
     "- b\n",
     2},
    {"key after an item",
     "- a\n"
     "b: c\n",
     2},
    {"item after a key, nested",
     "spec:\n"
     "  name: a\n"
     "  - b\n",
     3},
    {"key after an item, nested",
     "spec:\n"
     "  - a\n"
     "  name: b\n",
     3},
    {"item below the quoted value of an item",
     "- name: \"a\"\n"
     "  - b\n",
     2},
    {"item after its key on one line", "hosts: - a\n", 1},
    {"items after their key on one line",
     "hosts: - a\n"
     "       - b\n",
     1},
    {"lone dash after a key",
     "hosts: -\n"
     "  a\n",
     1},
    {"two scalars in one document",
     "\"a\"\n"
     "\"b\"\n",
     2},
    {"list, then a scalar",
     "- a\n"
     "\"b\"\n",
     2},
    // Tabs in indentation: the line of the tab.
    {"tab before the first key", "\ta: 1\n", 1},
    {"tab before a nested key",
     "spec:\n"
     "\thosts: [a]\n",
     2},
    {"tab before a dash",
     "hosts:\n"
     "\t- a\n",
     2},
    {"tab after blanks before a key",
     "spec:\n"
     "  a: 1\n"
     "  \tb: 2\n",
     3},
    {"tab after blanks before a key, quoted value above",
     "spec:\n"
     "  a: \"1\"\n"
     "  \tb: 2\n",
     3},
    {"tab before a key at the root, plain value above",
     "a: 1\n"
     "\tb: 2\n",
     2},
    {"tab before a key at the root, quoted value above",
     "a: \"1\"\n"
     "\tb: 2\n",
     2},
    {"tab after a dash, before a key", "-\tname: a\n", 1},
    {"tab after a dash, before a scalar",
     "hosts:\n"
     "-\ta\n",
     2},
    {"blank and tab after a dash",
     "hosts:\n"
     "- \ta\n",
     2},
    {"tab between two dashes", "-\t- a\n", 1},
    {"tab after a question mark",
     "?\ta\n"
     ": b\n",
     1},
    {"tab before a value on its own line",
     "name:\n"
     "\tshop\n",
     2},
    {"tab in a continued plain value",
     "text: one\n"
     "\ttwo\n",
     2},
    {"line of one tab after a plain value",
     "a: 1\n"
     "\t\n"
     "b: 2\n",
     2},
    {"line of one tab after a quoted value",
     "a: \"1\"\n"
     "\t\n"
     "b: 2\n",
     2},
    {"line of blanks and a tab after a quoted value",
     "a: \"1\"\n"
     "  \t\n"
     "b: 2\n",
     2},
    {"last line is a tab",
     "a: 1\n"
     "\t",
     2},
    {"tab before a comment line",
     "a: 1\n"
     "\t# note\n"
     "b: 2\n",
     2},
    {"tab as indentation of a block scalar",
     "text: |\n"
     "\tone\n",
     2},
    {"tab as indentation of a later block scalar line",
     "text: |\n"
     "  one\n"
     "\ttwo\n",
     3},
    {"tab behind a plain item of a flow list",
     "list: [\n"
     "  a,\n"
     "  b\n"
     "\t]\n",
     4},
    {"tab before a brace, plain value above",
     "port: {\n"
     "  number: 80\n"
     "\t}\n",
     3},
    {"tab first in the text of a block scalar",
     "text: |\n"
     "  \tone\n",
     2},
    {"tab in a continued plain item of a flow list",
     "hosts: [\n"
     "  a\n"
     "\t  b\n"
     "]\n",
     3},
    // Anchors and aliases.
    {"wildcard host in a block list",
     "hosts:\n"
     "- a.example.com\n"
     "- *.example.com\n",
     3},
    {"wildcard host in a flow list", "hosts: [*.example.com]\n", 1},
    {"wildcard host as a value", "host: *.example.com\n", 1},
    {"lone star as a value", "hosts: *\n", 1},
    {"lone star as an item",
     "hosts:\n"
     "- *\n",
     2},
    {"lone star in quotes' place", "hosts: [ * ]\n", 1},
    {"alias glued to a dot",
     "a: &foo x\n"
     "host: *foo.com\n",
     2},
    {"alias never defined", "host: *shared\n", 1},
    {"alias before its anchor",
     "a: *x\n"
     "b: &x 1\n",
     1},
    {"alias with text behind it",
     "a: &x 1\n"
     "b: *x more\n",
     2},
    {"alias with an anchor",
     "a: &x 1\n"
     "b: &y *x\n",
     2},
    {"alias with a tag",
     "a: &x 1\n"
     "b: !!str *x\n",
     2},
    {"alias with a block below",
     "a: &x\n"
     "  k: 1\n"
     "b: *x\n"
     "  j: 2\n",
     4},
    {"anchor with a dot", "a: &x.y 1\n", 1},
    {"anchor without a name", "a: & x\n", 1},
    {"anchor without anything", "a: &\n", 1},
    {"two anchors on one value", "a: &x &y 1\n", 1},
    {"ampersand before a word with a slash", "path: &/shop\n", 1},
    {"anchor glued to a hash",
     "&#one\n"
     "a: 1\n",
     1},
    {"anchor of a colon", "a: &:x\n", 1},
    // Tags.
    {"verbatim tag without its end", "a: !<tag x\n", 1},
    {"verbatim tag that is empty", "a: !<> x\n", 1},
    {"tag handle nobody declared", "a: !shop!host x\n", 1},
    {"two tags on one value", "a: !!str !!int 5\n", 1},
    {"tag glued to a quote", "a: !!str\"5\"\n", 1},
    {"tag with a bad percent escape", "a: !shop%zz x\n", 1},
    {"tag with a backtick", "a: !shop`x y\n", 1},
    {"local tag glued to a quote", "a: !\"x\"\n", 1},
    // Block scalars.
    {"letter in the header",
     "text: |x\n"
     "  one\n",
     1},
    {"two digits in the header",
     "text: |10\n"
     "  one\n",
     1},
    {"zero in the header",
     "text: |0\n"
     "  one\n",
     1},
    {"two chomping signs in the header",
     "text: |+-\n"
     "  one\n",
     1},
    {"text behind the bar",
     "text: | one\n"
     "  two\n",
     1},
    {"text behind the angle",
     "name: a\n"
     "text: > one\n"
     "  two\n",
     2},
    {"text behind the angle and its sign", "text: >- one\n", 1},
    {"two bars",
     "text: ||\n"
     "  one\n",
     1},
    {"first line deeper than the second",
     "text: |\n"
     "    one\n"
     "  two\n"
     "name: a\n",
     3},
    {"blank line deeper than the text",
     "text: |\n"
     "      \n"
     "  one\n",
     3},
    {"text left of the declared column",
     "text: |4\n"
     "  one\n",
     2},
    {"text at the column of its key",
     "text: |\n"
     "unindented words\n"
     "name: a\n",
     2},
    {"text at the column of its dash",
     "- |\n"
     "words\n",
     2},
    // Indicators that start nothing.
    {"at sign before a value", "mail: @example.com\n", 1},
    {"at sign before an item",
     "mail:\n"
     "- a@example.com\n"
     "- @example.com\n",
     3},
    {"at sign before a key", "@name: shop\n", 1},
    {"at sign in a flow list", "mail: [@example.com]\n", 1},
    {"backtick before a value", "date: `date`\n", 1},
    {"backtick in a flow mapping", "run: {cmd: `date`}\n", 1},
    {"percent before a value", "log: %START_TIME%\n", 1},
    {"percent before an item",
     "formats:\n"
     "- %REQ(X)%\n",
     2},
    {"percent before an indented word",
     "log:\n"
     "  %START_TIME%\n",
     2},
    {"question mark behind a key", "a: ? b\n", 1},
    {"question mark key, then a bare word",
     "? a\n"
     ": b\n"
     "c\n",
     3},
    {"value mark without a key", ": a\n", 1},
    {"second value mark for one key",
     "? a\n"
     ": b\n"
     ": c\n",
     3},
    {"percent before a key at column zero",
     "name: a\n"
     "%b: c\n",
     2},
    {"lone percent at the end",
     "name: a\n"
     "%",
     2},
    {"backslash line behind a mapping",
     "name: a\n"
     "\\\n",
     2},
    // Documents cut off in the middle.
    {"cut inside a quoted path",
     "http:\n"
     "- match:\n"
     "  - uri:\n"
     "      prefix: \"/sho",
     4},
    {"cut inside a key",
     "spec:\n"
     "  hosts:\n"
     "  - a\n"
     "  gatew",
     4},
    {"cut behind an opening bracket",
     "spec:\n"
     "  hosts: [",
     2},
    {"cut behind a comma",
     "spec:\n"
     "  hosts: [\"a\",\n",
     2},
    {"cut inside a flow mapping", "route: [{destination: {host: a, port: {num", 1},
    {"cut inside an escape", "text: \"caf\\u00", 1},
    {"cut behind a backslash", "text: \"a\\", 1},
    {"cut behind a star",
     "hosts:\n"
     "- *",
     2},
    {"cut inside json",
     "{\n"
     "  \"kind\": \"Gateway\",\n"
     "  \"spec\": {\n"
     "    \"servers\": [\n",
     4},
    // JSON that is not.
    {"json without a comma", "{\"a\": 1 \"b\": 2}\n", 1},
    {"json without a comma at a line end",
     "{\n"
     "  \"kind\": \"Gateway\",\n"
     "  \"spec\": {\"servers\": []}\n"
     "  \"status\": {}\n"
     "}\n",
     3},
    {"json list without a comma at a line end",
     "{\n"
     "  \"hosts\": [\n"
     "    \"a.example.com\"\n"
     "    \"b.example.com\"\n"
     "  ]\n"
     "}\n",
     3},
    {"json list of objects without a comma",
     "{\"items\": [\n"
     "  {\"name\": \"a\"}\n"
     "  {\"name\": \"b\"}\n"
     "]}\n",
     2},
    {"json without a colon",
     "{\n"
     "  \"kind\": \"Gateway\",\n"
     "  \"spec\" {\"servers\": []}\n"
     "}\n",
     3},
    {"json without a colon before a string", "{\"kind\" \"Gateway\"}\n", 1},
    {"json key without its closing quote",
     "{\n"
     "  \"kind: \"Gateway\",\n"
     "  \"spec\": {}\n"
     "}\n",
     2},
    {"json string without its end",
     "{\n"
     "  \"kind\": \"Gateway,\n"
     "  \"spec\": {}\n"
     "}\n",
     2},
    {"json string without its end, last", "{\"kind\": \"Gateway}\n", 1},
    {"json without the last brace", "{\"spec\": {\"hosts\": [\"a\"]}\n", 1},
    {"json with brackets crossed", "{\"hosts\": [\"a\", \"b\"}]\n", 1},
    {"json with a bracket too many", "{\"hosts\": [\"a\"]}]\n", 1},
    {"json with a brace too many", "{\"hosts\": [\"a\"]}}\n", 1},
    {"json with two commas", "{\"a\": 1,, \"b\": 2}\n", 1},
    {"json with a line comment after a string",
     "{\n"
     "  \"a\": \"x\" // note\n"
     "}\n",
     2},
    {"json with a bad escape", "{\"regex\": \"\\d+\"}\n", 1},
    {"json documents side by side", "{\"a\": 1} {\"b\": 2}\n", 1},
    {"json with two colons", "{\"a\":: 1}\n", 1},
    // Control characters.
    {"start of heading in a plain value", "name: sh\001op\n", 1},
    {"bell in a quoted value",
     "a: 1\n"
     "name: \"sh\007op\"\n",
     2},
    {"backspace in a comment",
     "a: 1\n"
     "# note\010\n"
     "b: 2\n",
     2},
    {"vertical tab between tokens", "a:\0131\n", 1},
    {"form feed on a line of its own",
     "a: 1\n"
     "\014\n"
     "b: 2\n",
     2},
    {"escape character in a block scalar",
     "text: |\n"
     "  one\n"
     "  \033[1mtwo\n",
     3},
    {"unit separator in a key", "a\037b: 1\n", 1},
    {"delete in a plain value", "name: shop\177\n", 1},
};

#undef WICKET_TEST_X10
#undef WICKET_TEST_X100

}  // namespace wicket::yaml::test
