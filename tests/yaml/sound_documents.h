// Documents that the YAML reader of Kubernetes takes, each with its value. Some are odd, some break YAML 1.2; all are
// taken by sigs.k8s.io/yaml or, where the text is JSON that its YAML reader refuses, by the JSON reader beside it.
#pragma once

namespace wicket::yaml::test {

// Long texts without long lines.
#define WICKET_TEST_X10(s) s s s s s s s s s s
#define WICKET_TEST_X100(s) WICKET_TEST_X10(s s s s s s s s s s)

/// `json` is the value as Kubernetes sees it: YAML 1.1 scalars, aliases and merge keys expanded, keys in source order
/// as strings, no blanks, nothing escaped but quotes, backslashes and control characters.
struct SoundDocument {
  const char* name;
  const char* text;
  const char* json;
};

inline constexpr SoundDocument kSoundDocuments[] = {
    // Plain scalars that look like something else.
    {"url", "uri: http://shop.example.com/a?b=c&d=e\n", "{\"uri\":\"http://shop.example.com/a?b=c&d=e\"}"},
    {"url with port and fragment", "uri: https://a.example.com:8443/x#top\n",
     "{\"uri\":\"https://a.example.com:8443/x#top\"}"},
    {"hash inside a word", "name: a#b\n", "{\"name\":\"a#b\"}"},
    {"hash after a blank is a comment", "name: a # b\n", "{\"name\":\"a\"}"},
    {"colons inside words",
     "- a:b\n"
     "- a::b\n"
     "- :x\n"
     "- x:\n",
     "[\"a:b\",\"a::b\",\":x\",{\"x\":null}]"},
    {"colon doubled behind a key", "a:: b\n", "{\"a:\":\"b\"}"},
    {"quotes inside words",
     "- it's\n"
     "- say \"hi\"\n"
     "- 5\" pipe\n",
     "[\"it's\",\"say \\\"hi\\\"\",\"5\\\" pipe\"]"},
    {"indicators inside words",
     "- a@b\n"
     "- 50%\n"
     "- x`y\n"
     "- a&b *c\n"
     "- a!b | c > d\n",
     "[\"a@b\",\"50%\",\"x`y\",\"a&b *c\",\"a!b | c > d\"]"},
    {"indicators in front of words",
     "- -x\n"
     "- ?x\n"
     "- :x\n"
     "- --\n"
     "- <x\n"
     "- =x\n"
     "- /x\n"
     "- .x\n"
     "- ^x$\n",
     "[\"-x\",\"?x\",\":x\",\"--\",\"<x\",\"=x\",\"/x\",\".x\",\"^x$\"]"},
    {"brackets and commas outside flow",
     "- a, b\n"
     "- x]\n"
     "- x}\n"
     "- x[0]\n"
     "- f{a,b}\n",
     "[\"a, b\",\"x]\",\"x}\",\"x[0]\",\"f{a,b}\"]"},
    {"comma behind a plain value", "name: shop,\n", "{\"name\":\"shop,\"}"},
    {"backslashes outside quotes", "regex: ^/item/\\d+\\.html$\n", "{\"regex\":\"^/item/\\\\d+\\\\.html$\"}"},
    {"regex with braces and brackets", "regex: /v[0-9]{1,3}/(a|b)?.*\n", "{\"regex\":\"/v[0-9]{1,3}/(a|b)?.*\"}"},
    {"wildcard in the middle", "host: a.*.example.com\n", "{\"host\":\"a.*.example.com\"}"},
    {"blanks inside keys and values", "long key: long  value\n", "{\"long key\":\"long  value\"}"},
    {"template braces in quotes", "name: '{{ .Values.name }}'\n", "{\"name\":\"{{ .Values.name }}\"}"},
    {"key that starts with a dash",
     "-name: http\n"
     "number: 80\n",
     "{\"-name\":\"http\",\"number\":80}"},
    {"dash glued to a key after a list at the same column",
     "ports:\n"
     "- name: a\n"
     "-name: b\n",
     "{\"ports\":[{\"name\":\"a\"}],\"-name\":\"b\"}"},
    {"dash glued to a key below a parent",
     "ports:\n"
     "-name: http\n",
     "{\"ports\":null,\"-name\":\"http\"}"},
    {"bracket before a quote inside a word", "a: x[\"y\"]\n", "{\"a\":\"x[\\\"y\\\"]\"}"},
    {"three dots and dashes inside lines",
     "a: ...\n"
     "b: ---\n"
     "c: x --- y\n",
     "{\"a\":\"...\",\"b\":\"---\",\"c\":\"x --- y\"}"},
    {"json pointer and percent signs",
     "a: /x~1y\n"
     "b: a%20b\n",
     "{\"a\":\"/x~1y\",\"b\":\"a%20b\"}"},
    // What plain scalars resolve to.
    {"booleans", "[y, Y, yes, Yes, YES, on, On, ON, true, True, TRUE]\n",
     "[true,true,true,true,true,true,true,true,true,true,true]"},
    {"negative booleans", "[n, N, no, No, NO, off, Off, OFF, false, False, FALSE]\n",
     "[false,false,false,false,false,false,false,false,false,false,false]"},
    {"nearly booleans", "[yEs, oN, truE, nO, t, f, enabled]\n",
     "[\"yEs\",\"oN\",\"truE\",\"nO\",\"t\",\"f\",\"enabled\"]"},
    {"quoted booleans", "[\"y\", 'no', \"true\"]\n", "[\"y\",\"no\",\"true\"]"},
    {"nulls", "[~, null, Null, NULL, nULL, nil]\n", "[null,null,null,null,\"nULL\",\"nil\"]"},
    {"integers", "[0, 80, -1, +80, 00, 1_000]\n", "[0,80,-1,80,0,1000]"},
    {"integers in other bases", "[017, 0o17, 0x1F, 0b101, -0x10, 0777]\n", "[15,15,31,5,-16,511]"},
    {"leading zero that is not octal", "[080, 09, 08.5]\n", "[80,9,8.5]"},
    {"nearly integers", "[0o8, 0x, 0b12, 1-2, 1.2.3, 10.0.0.1, 1a]\n",
     "[\"0o8\",\"0x\",\"0b12\",\"1-2\",\"1.2.3\",\"10.0.0.1\",\"1a\"]"},
    {"floats", "[80.0, 8e1, 1.5, .5, 5., -.5, +1.25, 1e-2]\n", "[80,80,1.5,0.5,5,-0.5,1.25,0.01]"},
    {"big integers", "[9223372036854775807, -9223372036854775808, 18446744073709551615]\n",
     "[9223372036854775807,-9223372036854775808,18446744073709551615]"},
    {"colon forms", "[1:30, 190:20:30, 12:30:45]\n", "[\"1:30\",\"190:20:30\",\"12:30:45\"]"},
    {"dates",
     "day: 2024-01-01\n"
     "at: 2024-01-01T10:00:00Z\n"
     "local: 2024-01-01 10:00:00\n",
     "{\"day\":\"2024-01-01\",\"at\":\"2024-01-01T10:00:00Z\",\"local\":\"2024-01-01 10:00:00\"}"},
    {"durations and sizes", "[5s, 1h30m, 500Mi, 0.5s, 10%]\n", "[\"5s\",\"1h30m\",\"500Mi\",\"0.5s\",\"10%\"]"},
    {"keys that are not strings",
     "1: a\n"
     "true: b\n"
     "no: c\n"
     "1.5: d\n"
     "0x10: e\n"
     "2024-01-01: f\n",
     "{\"1\":\"a\",\"true\":\"b\",\"false\":\"c\",\"1.5\":\"d\",\"16\":\"e\",\"2024-01-01\":\"f\"}"},
    {"version numbers",
     "- 1.10\n"
     "- 1.10.0\n"
     "- v1\n"
     "- '1.10'\n",
     "[1.1,\"1.10.0\",\"v1\",\"1.10\"]"},
    // Quoted scalars.
    {"empty quotes",
     "a: \"\"\n"
     "b: ''\n",
     "{\"a\":\"\",\"b\":\"\"}"},
    {"doubled single quotes",
     "- 'it''s'\n"
     "- ''''\n"
     "- 'a'''\n",
     "[\"it's\",\"'\",\"a'\"]"},
    {"backslash in single quotes", "a: 'C:\\shop\\'\n", "{\"a\":\"C:\\\\shop\\\\\"}"},
    {"number in quotes",
     "a: \"80\"\n"
     "b: '1.5'\n",
     "{\"a\":\"80\",\"b\":\"1.5\"}"},
    {"indicators in quotes", "hosts: [\"*.example.com\", '@a', \"{b}\", 'c: d', \"e # f\"]\n",
     "{\"hosts\":[\"*.example.com\",\"@a\",\"{b}\",\"c: d\",\"e # f\"]}"},
    {"keys in quotes",
     "\"a b\": 1\n"
     "'c: d': 2\n"
     "\"80\": 3\n"
     "\"\": 4\n",
     "{\"a b\":1,\"c: d\":2,\"80\":3,\"\":4}"},
    {"quoted key with a blank before its colon",
     "\"a\" : 1\n"
     "'b'   : 2\n",
     "{\"a\":1,\"b\":2}"},
    {"single letter escapes", "a: \"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\\"\\\\\"\n",
     "{\"a\":\"\\u0000\\u0007\\b\\t\\n\\u000b\\f\\r\\u001b\\\"\\\\\"}"},
    {"escapes of blanks and line separators", "a: \"\\ x\\_y\\Nz\\L\\P\"\n",
     "{\"a\":\" x\302\240y\302\205z\342\200\250\342\200\251\"}"},
    {"hexadecimal escapes", "a: \"\\x41\\u00e9\\U0001F600\"\n", "{\"a\":\"Aé😀\"}"},
    {"escape in a key", "\"caf\\u00e9\": 1\n", "{\"café\":1}"},
    {"tab inside double quotes", "a: \"x\ty\"\n", "{\"a\":\"x\\ty\"}"},
    {"comment glued to a closing quote",
     "a: \"x\"#note\n"
     "b: 'y'#note\n",
     "{\"a\":\"x\",\"b\":\"y\"}"},
    {"escape of a tab", "a: \"x\\\ty\"\n", "{\"a\":\"x\\ty\"}"},
    // Scalars over several lines.
    {"plain, folded",
     "text: one\n"
     "  two\n"
     "    three\n",
     "{\"text\":\"one two three\"}"},
    {"plain, blank lines become line breaks",
     "text: one\n"
     "\n"
     "  two\n"
     "\n"
     "\n"
     "  three\n",
     "{\"text\":\"one\\ntwo\\n\\nthree\"}"},
    {"plain, starts below its key",
     "text:\n"
     "  one\n"
     "  two\n",
     "{\"text\":\"one two\"}"},
    {"plain, in a list",
     "- one\n"
     "  two\n"
     "- three\n",
     "[\"one two\",\"three\"]"},
    {"plain, swallows a dash",
     "- a\n"
     " - b\n",
     "[\"a - b\"]"},
    {"plain, swallows a deeper list",
     "hosts:\n"
     "- a\n"
     "  - b\n"
     "  - c\n",
     "{\"hosts\":[\"a - b - c\"]}"},
    {"plain, trailing blanks dropped",
     "text: one   \n"
     "  two   \n"
     "name: a  \n",
     "{\"text\":\"one two\",\"name\":\"a\"}"},
    {"plain root over several lines",
     "one\n"
     "two\n"
     " three\n",
     "\"one two three\""},
    {"double quotes, folded",
     "text: \"one\n"
     "  two\n"
     "\n"
     "  three\"\n",
     "{\"text\":\"one two\\nthree\"}"},
    {"double quotes, escaped line end",
     "text: \"one\\\n"
     "  two \\\n"
     "  three\"\n",
     "{\"text\":\"onetwo three\"}"},
    {"double quotes, text at column zero",
     "text: \"one\n"
     "two\"\n"
     "name: a\n",
     "{\"text\":\"one two\",\"name\":\"a\"}"},
    {"double quotes, what looks like keys",
     "text: \"a: 1\n"
     "  b: [2\n"
     "  - c\"\n",
     "{\"text\":\"a: 1 b: [2 - c\"}"},
    {"double quotes, blanks at the line ends",
     "text: \"one  \n"
     "  two\\n\\\n"
     "  three\"\n",
     "{\"text\":\"one two\\nthree\"}"},
    {"double quotes, tabs before the text",
     "text: \"one\n"
     "\ttwo\"\n",
     "{\"text\":\"one two\"}"},
    {"single quotes, folded",
     "text: 'one\n"
     "  two\n"
     "\n"
     "  it''s three'\n",
     "{\"text\":\"one two\\nit's three\"}"},
    {"single quotes, opening and closing on lines of their own",
     "text: '\n"
     "  one\n"
     "  '\n",
     "{\"text\":\" one \"}"},
    {"quoted value below its key",
     "text:\n"
     "  \"one\"\n"
     "name:\n"
     "    'a'\n",
     "{\"text\":\"one\",\"name\":\"a\"}"},
    {"hash at a line start inside quotes",
     "text: \"one\n"
     "  # two\n"
     "  three\"\n",
     "{\"text\":\"one # two three\"}"},
    // Block scalars.
    {"literal",
     "text: |\n"
     "  one\n"
     "  two\n"
     "name: a\n",
     "{\"text\":\"one\\ntwo\\n\",\"name\":\"a\"}"},
    {"literal, stripped",
     "text: |-\n"
     "  one\n"
     "  two\n"
     "\n"
     "\n"
     "name: a\n",
     "{\"text\":\"one\\ntwo\",\"name\":\"a\"}"},
    {"literal, kept",
     "text: |+\n"
     "  one\n"
     "\n"
     "\n"
     "name: a\n",
     "{\"text\":\"one\\n\\n\\n\",\"name\":\"a\"}"},
    {"folded",
     "text: >\n"
     "  one\n"
     "  two\n"
     "\n"
     "  three\n",
     "{\"text\":\"one two\\nthree\\n\"}"},
    {"folded, stripped",
     "text: >-\n"
     "  one\n"
     "  two\n",
     "{\"text\":\"one two\"}"},
    {"folded, kept",
     "text: >+\n"
     "  one\n"
     "  two\n"
     "\n"
     "name: a\n",
     "{\"text\":\"one two\\n\\n\",\"name\":\"a\"}"},
    {"folded, blanks at the end of the file",
     "text: >-\n"
     "  one\n"
     "  two\n"
     "  ",
     "{\"text\":\"one two\"}"},
    {"literal, blanks at the end of the file",
     "text: |-\n"
     "  one\n"
     "  ",
     "{\"text\":\"one\"}"},
    {"folded, deeper lines stay",
     "text: >\n"
     "  one\n"
     "    two\n"
     "    three\n"
     "  four\n"
     "  five\n",
     "{\"text\":\"one\\n  two\\n  three\\nfour five\\n\"}"},
    {"indentation declared",
     "text: |2\n"
     "    one\n"
     "  two\n",
     "{\"text\":\"  one\\ntwo\\n\"}"},
    {"indentation declared, stripped",
     "text: |2-\n"
     "   one\n"
     "name: a\n",
     "{\"text\":\" one\",\"name\":\"a\"}"},
    {"sign before the indentation",
     "text: >-1\n"
     "  one\n"
     " two\n",
     "{\"text\":\" one\\ntwo\"}"},
    {"leading empty lines",
     "text: |\n"
     "\n"
     "\n"
     "  one\n",
     "{\"text\":\"\\n\\none\\n\"}"},
    {"empty lines inside",
     "text: |\n"
     "  one\n"
     "\n"
     "  two\n",
     "{\"text\":\"one\\n\\ntwo\\n\"}"},
    {"empty block scalar",
     "text: |\n"
     "name: a\n",
     "{\"text\":\"\",\"name\":\"a\"}"},
    {"empty block scalar at the end", "text: >-\n", "{\"text\":\"\"}"},
    {"block scalar, no final line break",
     "text: |\n"
     "  one",
     "{\"text\":\"one\"}"},
    {"comment behind the header",
     "text: | # why\n"
     "  one\n",
     "{\"text\":\"one\\n\"}"},
    {"comment sign inside",
     "text: |\n"
     "  one\n"
     "  # two\n"
     "    # three\n",
     "{\"text\":\"one\\n# two\\n  # three\\n\"}"},
    {"comment below, further left",
     "a:\n"
     "  text: |\n"
     "    one\n"
     "  # note\n"
     "  b: 1\n",
     "{\"a\":{\"text\":\"one\\n\",\"b\":1}}"},
    {"looks like yaml inside",
     "text: |\n"
     "  a: [1\n"
     "  - \"b\n"
     "  *c @d %e\n",
     "{\"text\":\"a: [1\\n- \\\"b\\n*c @d %e\\n\"}"},
    {"dashes inside",
     "text: |\n"
     "  ---\n"
     "  one\n"
     "  ...\n",
     "{\"text\":\"---\\none\\n...\\n\"}"},
    {"tab inside",
     "text: |\n"
     "  one\ttwo\n"
     "  \tthree\n",
     "{\"text\":\"one\\ttwo\\n\\tthree\\n\"}"},
    {"list of block scalars",
     "- |\n"
     " one\n"
     "- >-\n"
     "  two\n"
     "  three\n"
     "- |-\n"
     "    four\n",
     "[\"one\\n\",\"two three\",\"four\"]"},
    {"block scalar in a nested item",
     "http:\n"
     "- name: a\n"
     "  note: |\n"
     "    one\n"
     "  port: 80\n"
     "- name: b\n",
     "{\"http\":[{\"name\":\"a\",\"note\":\"one\\n\",\"port\":80},{\"name\":\"b\"}]}"},
    {"trailing blanks stay",
     "text: |\n"
     "  one  \n"
     "  two \n",
     "{\"text\":\"one  \\ntwo \\n\"}"},
    {"block scalar of one column",
     "a:\n"
     " - |\n"
     "  one\n",
     "{\"a\":[\"one\\n\"]}"},
    // Comments.
    {"comments everywhere",
     "# one\n"
     "a: 1 # two\n"
     "\n"
     "  # three\n"
     "b: # four\n"
     "  # five\n"
     "  c: 2\n"
     "# six\n",
     "{\"a\":1,\"b\":{\"c\":2}}"},
    {"comments between list items",
     "# one\n"
     "- a # two\n"
     "   # three\n"
     "- b\n"
     " # four\n",
     "[\"a\",\"b\"]"},
    {"comment behind a dash",
     "- # one\n"
     "  a: 1\n"
     "- # two\n"
     "  - b\n",
     "[{\"a\":1},[\"b\"]]"},
    {"comment between a key and its block",
     "spec: # the spec\n"
     "\n"
     "  # hosts\n"
     "  hosts: # all\n"
     "  # first\n"
     "  - a\n",
     "{\"spec\":{\"hosts\":[\"a\"]}}"},
    {"comment without a blank behind the sign",
     "#one\n"
     "a: 1 #two\n",
     "{\"a\":1}"},
    {"comment without final line break",
     "a: 1\n"
     "# end",
     "{\"a\":1}"},
    {"comment with quotes and brackets",
     "a: 1 # it's \"open [ {\n"
     "b: 2\n",
     "{\"a\":1,\"b\":2}"},
    {"comments less and more indented",
     "a:\n"
     "  b:\n"
     "# zero\n"
     "    c: 1\n"
     "      # six\n"
     "    d: 2\n",
     "{\"a\":{\"b\":{\"c\":1,\"d\":2}}}"},
    // Flow style.
    {"empty collections",
     "a: []\n"
     "b: {}\n"
     "c: [[], {}]\n"
     "d: [ ]\n",
     "{\"a\":[],\"b\":{},\"c\":[[],{}],\"d\":[]}"},
    {"nested collections", "a: {b: {c: [1, {d: [2, [3]]}]}}\n", "{\"a\":{\"b\":{\"c\":[1,{\"d\":[2,[3]]}]}}}"},
    {"several lines",
     "hosts: [\n"
     "  a.example.com,\n"
     "  b.example.com\n"
     "]\n"
     "port: {\n"
     "  number: 80,\n"
     "  name: http\n"
     "}\n",
     "{\"hosts\":[\"a.example.com\",\"b.example.com\"],\"port\":{\"number\":80,\"name\":\"http\"}}"},
    {"closing brackets at column zero",
     "spec:\n"
     "  hosts: [\n"
     "a,\n"
     "b\n"
     "]\n"
     "  port: {\n"
     "number: 80\n"
     "}\n",
     "{\"spec\":{\"hosts\":[\"a\",\"b\"],\"port\":{\"number\":80}}}"},
    {"commas first",
     "hosts: [ a\n"
     "       , b\n"
     "       , c\n"
     "       ]\n",
     "{\"hosts\":[\"a\",\"b\",\"c\"]}"},
    {"trailing commas",
     "hosts: [a, b,]\n"
     "port: {number: 80, name: http,}\n"
     "list: [\n"
     "  [1,],\n"
     "]\n",
     "{\"hosts\":[\"a\",\"b\"],\"port\":{\"number\":80,\"name\":\"http\"},\"list\":[[1]]}"},
    {"comments inside",
     "hosts: [ # all\n"
     "  a, # first\n"
     "  # none\n"
     "  b # last\n"
     "]\n"
     "port: { # web\n"
     "  number: 80 # plain\n"
     "}\n",
     "{\"hosts\":[\"a\",\"b\"],\"port\":{\"number\":80}}"},
    {"single quotes",
     "port: {'name': 'http', 'number': 80}\n"
     "hosts: ['a', 'b''c']\n",
     "{\"port\":{\"name\":\"http\",\"number\":80},\"hosts\":[\"a\",\"b'c\"]}"},
    {"colon without blank behind a quoted key", "port: {\"number\":80,'name':\"http\",\"tls\":{\"mode\":\"SIMPLE\"}}\n",
     "{\"port\":{\"number\":80,\"name\":\"http\",\"tls\":{\"mode\":\"SIMPLE\"}}}"},
    {"blank before the colon", "port: {number : 80, \"name\" : http}\n",
     "{\"port\":{\"number\":80,\"name\":\"http\"}}"},
    {"colon on the next line",
     "port: {\"number\": 80, name:\n"
     "  http}\n",
     "{\"port\":{\"number\":80,\"name\":\"http\"}}"},
    {"keys without values", "port: {number, name: , \"tls\", a: 1}\n",
     "{\"port\":{\"number\":null,\"name\":null,\"tls\":null,\"a\":1}}"},
    {"alias before a comma and a bracket",
     "a: &x 1\n"
     "b: [*x,*x]\n"
     "c: {d: *x}\n",
     "{\"a\":1,\"b\":[1,1],\"c\":{\"d\":1}}"},
    {"pairs in a list", "list: [a: 1, b: {c: 2}, \"d\": 3]\n", "{\"list\":[{\"a\":1},{\"b\":{\"c\":2}},{\"d\":3}]}"},
    {"plain text over lines",
     "list: [one\n"
     "  two, three]\n"
     "map: {a: one\n"
     "  two}\n",
     "{\"list\":[\"one two\",\"three\"],\"map\":{\"a\":\"one two\"}}"},
    {"lines without commas are one plain text",
     "hosts: [\n"
     "  a.example.com\n"
     "  b.example.com\n"
     "]\n",
     "{\"hosts\":[\"a.example.com b.example.com\"]}"},
    {"quoted text over lines",
     "list: [\"one\n"
     "  two\", 'three\n"
     "  four']\n",
     "{\"list\":[\"one two\",\"three four\"]}"},
    {"quotes and brackets in quotes", "list: [\"a]\", '}b', \"[c\", '{\"d\"}']\n",
     "{\"list\":[\"a]\",\"}b\",\"[c\",\"{\\\"d\\\"}\"]}"},
    {"quotes inside words in flow", "list: [it's, a\"b, c d]\n", "{\"list\":[\"it's\",\"a\\\"b\",\"c d\"]}"},
    {"urls",
     "list: [http://a.example.com/x, \"http://b/y\"]\n"
     "map: {uri: http://c/z, port: 80}\n",
     "{\"list\":[\"http://a.example.com/x\",\"http://b/y\"],\"map\":{\"uri\":\"http://c/z\",\"port\":80}}"},
    {"colons inside words in flow",
     "list: [a:b, 1:30]\n"
     "map: {a: b:c}\n",
     "{\"list\":[\"a:b\",\"1:30\"],\"map\":{\"a\":\"b:c\"}}"},
    {"numbers and dashes", "list: [-1, --x, -x-, 1-2]\n", "{\"list\":[-1,\"--x\",\"-x-\",\"1-2\"]}"},
    {"explicit keys", "map: {? a : 1, ? \"b\" : 2}\n", "{\"map\":{\"a\":1,\"b\":2}}"},
    {"comment glued to a bracket",
     "a: [b]#note\n"
     "c: {d: 1}#note\n",
     "{\"a\":[\"b\"],\"c\":{\"d\":1}}"},
    {"no blanks at all",
     "a: [b,c,d]\n"
     "e: {f: g,h: i}\n",
     "{\"a\":[\"b\",\"c\",\"d\"],\"e\":{\"f\":\"g\",\"h\":\"i\"}}"},
    {"flow in block in flow columns",
     "servers:\n"
     "- port: {number: 80, name: http}\n"
     "  hosts: [a,\n"
     "    b]\n"
     "- {port: {number: 81}, hosts: [\n"
     "  c]}\n",
     "{\"servers\":[{\"port\":{\"number\":80,\"name\":\"http\"},\"hosts\":[\"a\",\"b\"]},{\"port\":{\"number\":81},"
     "\"hosts\":[\"c\"]}]}"},
    {"flow root",
     "[a, {b: 1},\n"
     " c]\n",
     "[\"a\",{\"b\":1},\"c\"]"},
    {"flow mapping as root, plain keys", "{kind: Gateway, spec: {hosts: [a, 'b'],}} # end\n",
     "{\"kind\":\"Gateway\",\"spec\":{\"hosts\":[\"a\",\"b\"]}}"},
    // Tabs where they are allowed.
    {"behind a colon",
     "a:\t1\n"
     "b: \t2\n",
     "{\"a\":1,\"b\":2}"},
    {"before a comment",
     "a: 1\t# note\n"
     "b:\t# note\n"
     "  c: 2\n",
     "{\"a\":1,\"b\":{\"c\":2}}"},
    {"behind values",
     "a: 1\t\n"
     "b: \"x\"\t\n"
     "c: [z]\t\n",
     "{\"a\":1,\"b\":\"x\",\"c\":[\"z\"]}"},
    {"inside plain text", "a: x\ty\n", "{\"a\":\"x\\ty\"}"},
    {"inside flow",
     "list: [a,\tb\t,\tc]\n"
     "map: {\ta:\t1\t}\n",
     "{\"list\":[\"a\",\"b\",\"c\"],\"map\":{\"a\":1}}"},
    {"as indentation inside flow",
     "list: [\n"
     "\ta,\n"
     "\t\t\"b\"\n"
     "\t]\n"
     "map: {\n"
     "\t\"a\": 1\n"
     "}\n",
     "{\"list\":[\"a\",\"b\"],\"map\":{\"a\":1}}"},
    {"as indentation inside a flow root",
     "[\n"
     "\ta,\n"
     "\t\tb\n"
     "\t]\n",
     "[\"a\",\"b\"]"},
    {"in comments",
     "#\tone\n"
     "a: 1 #\ttwo\n",
     "{\"a\":1}"},
    {"on a blank line deeper than the text above",
     "a: 1\n"
     "  \t\n"
     "b: 2\n",
     "{\"a\":1,\"b\":2}"},
    {"between a key and its colon",
     "a\t: 1\n"
     "\"b\"\t: 2\n",
     "{\"a\":1,\"b\":2}"},
    {"behind a block scalar header",
     "text: |\t# note\n"
     "  one\n",
     "{\"text\":\"one\\n\"}"},
    {"behind an anchor and a tag",
     "a: &x\t1\n"
     "b: !!str\t2\n",
     "{\"a\":1,\"b\":\"2\"}"},
    // Explicit keys.
    {"question mark key",
     "? a\n"
     ": b\n"
     "? c\n"
     ": d\n",
     "{\"a\":\"b\",\"c\":\"d\"}"},
    {"question mark key, block value",
     "? a\n"
     ": - 1\n"
     "  - 2\n"
     "? b\n"
     ":\n"
     "  c: 3\n",
     "{\"a\":[1,2],\"b\":{\"c\":3}}"},
    {"question mark key without value",
     "? a\n"
     "? b\n",
     "{\"a\":null,\"b\":null}"},
    {"question mark key among others",
     "a: 1\n"
     "? b\n"
     ": 2\n"
     "c: 3\n",
     "{\"a\":1,\"b\":2,\"c\":3}"},
    {"block scalar as key",
     "? |-\n"
     "  a b\n"
     ": 1\n",
     "{\"a b\":1}"},
    {"quoted key over two lines, explicit",
     "? \"a\n"
     "  b\"\n"
     ": 1\n",
     "{\"a b\":1}"},
    {"question mark key in a list",
     "- ? a\n"
     "  : 1\n"
     "- b\n",
     "[{\"a\":1},\"b\"]"},
    // Anchors and aliases.
    {"scalar",
     "a: &x one\n"
     "b: *x\n",
     "{\"a\":\"one\",\"b\":\"one\"}"},
    {"list and mapping",
     "a: &l [1, 2]\n"
     "b: &m {c: 3}\n"
     "d: *l\n"
     "e: *m\n",
     "{\"a\":[1,2],\"b\":{\"c\":3},\"d\":[1,2],\"e\":{\"c\":3}}"},
    {"block mapping",
     "base: &base\n"
     "  a: 1\n"
     "  b: [2]\n"
     "copy: *base\n",
     "{\"base\":{\"a\":1,\"b\":[2]},\"copy\":{\"a\":1,\"b\":[2]}}"},
    {"block list at the column of its key",
     "a: &x\n"
     "- 1\n"
     "- 2\n"
     "b: *x\n",
     "{\"a\":[1,2],\"b\":[1,2]}"},
    {"in lists",
     "- &a x\n"
     "- &b\n"
     "  k: 1\n"
     "- *a\n"
     "- *b\n",
     "[\"x\",{\"k\":1},\"x\",{\"k\":1}]"},
    {"names with dashes and digits",
     "a: &x-1_y 1\n"
     "b: *x-1_y\n",
     "{\"a\":1,\"b\":1}"},
    {"alias in flow",
     "a: &x 1\n"
     "b: [*x, *x]\n"
     "c: {d: *x, e: *x }\n",
     "{\"a\":1,\"b\":[1,1],\"c\":{\"d\":1,\"e\":1}}"},
    {"alias as a key",
     "a: &x name\n"
     "*x : shop\n",
     "{\"a\":\"name\",\"name\":\"shop\"}"},
    {"anchor on a key",
     "&k name: shop\n"
     "b: *k\n",
     "{\"name\":\"shop\",\"b\":\"name\"}"},
    {"anchor defined twice",
     "a: &x 1\n"
     "b: *x\n"
     "c: &x 2\n"
     "d: *x\n",
     "{\"a\":1,\"b\":1,\"c\":2,\"d\":2}"},
    {"anchor on nothing",
     "a: &x\n"
     "b: *x\n",
     "{\"a\":null,\"b\":null}"},
    {"anchor on a block scalar",
     "a: &x |\n"
     "  one\n"
     "b: *x\n",
     "{\"a\":\"one\\n\",\"b\":\"one\\n\"}"},
    {"anchor on a quoted value",
     "a: &x \"80\"\n"
     "b: *x\n",
     "{\"a\":\"80\",\"b\":\"80\"}"},
    {"anchor and tag in both orders",
     "a: &x !!str 80\n"
     "b: !!str &y 81\n"
     "c: [*x, *y]\n",
     "{\"a\":\"80\",\"b\":\"81\",\"c\":[\"80\",\"81\"]}"},
    {"anchor inside an anchor",
     "a: &x\n"
     "  b: &y 1\n"
     "c: *y\n"
     "d: *x\n",
     "{\"a\":{\"b\":1},\"c\":1,\"d\":{\"b\":1}}"},
    {"anchor on a line of its own",
     "a:\n"
     "  &x\n"
     "  b: 1\n"
     "c: *x\n",
     "{\"a\":{\"b\":1},\"c\":{\"b\":1}}"},
    // Merge keys.
    {"one mapping",
     "a: &x {b: 1, c: 2}\n"
     "d:\n"
     "  <<: *x\n"
     "  e: 3\n",
     "{\"a\":{\"b\":1,\"c\":2},\"d\":{\"b\":1,\"c\":2,\"e\":3}}"},
    {"at the end",
     "a: &x {b: 1}\n"
     "d:\n"
     "  e: 3\n"
     "  <<: *x\n",
     "{\"a\":{\"b\":1},\"d\":{\"e\":3,\"b\":1}}"},
    {"in the middle",
     "a: &x {b: 1}\n"
     "d: {c: 0, <<: *x, e: 3}\n",
     "{\"a\":{\"b\":1},\"d\":{\"c\":0,\"b\":1,\"e\":3}}"},
    {"list of mappings",
     "a: &x {b: 1}\n"
     "c: &y {d: 2}\n"
     "e:\n"
     "  <<: [*x, *y]\n"
     "  f: 3\n",
     "{\"a\":{\"b\":1},\"c\":{\"d\":2},\"e\":{\"b\":1,\"d\":2,\"f\":3}}"},
    {"inline mapping",
     "a:\n"
     "  <<: {b: 1}\n"
     "  c: 2\n",
     "{\"a\":{\"b\":1,\"c\":2}}"},
    {"merged mapping that merges",
     "a: &x {b: 1}\n"
     "c: &y\n"
     "  <<: *x\n"
     "  d: 2\n"
     "e:\n"
     "  <<: *y\n",
     "{\"a\":{\"b\":1},\"c\":{\"b\":1,\"d\":2},\"e\":{\"b\":1,\"d\":2}}"},
    {"quoted merge sign is a key", "a: {\"<<\": 1, b: 2}\n", "{\"a\":{\"<<\":1,\"b\":2}}"},
    {"list items that share a route",
     "http:\n"
     "- &r\n"
     "  timeout: 5s\n"
     "  route: [{host: a}]\n"
     "- <<: *r\n"
     "  name: second\n",
     "{\"http\":[{\"timeout\":\"5s\",\"route\":[{\"host\":\"a\"}]},{\"timeout\":\"5s\",\"route\":[{\"host\":\"a\"}],"
     "\"name\":\"second\"}]}"},
    // Tags.
    {"string tag on a number",
     "a: !!str 80\n"
     "b: !!str true\n"
     "c: !!str\n",
     "{\"a\":\"80\",\"b\":\"true\",\"c\":\"\"}"},
    {"integer tag on a quoted number", "a: !!int \"80\"\n", "{\"a\":80}"},
    {"float tag on an integer",
     "a: !!float 80\n"
     "b: !!float 1.5\n",
     "{\"a\":80,\"b\":1.5}"},
    {"boolean tag on a quoted word",
     "a: !!bool \"true\"\n"
     "b: !!bool no\n",
     "{\"a\":true,\"b\":false}"},
    {"null tag",
     "a: !!null \"\"\n"
     "b: !!null ~\n",
     "{\"a\":null,\"b\":null}"},
    {"unknown local tags",
     "a: !host x\n"
     "b: !list [1]\n"
     "c: !map {d: 2}\n"
     "e: !num 80\n",
     "{\"a\":\"x\",\"b\":[1],\"c\":{\"d\":2},\"e\":\"80\"}"},
    {"collection tags",
     "a: !!seq [1]\n"
     "b: !!map {c: 2}\n",
     "{\"a\":[1],\"b\":{\"c\":2}}"},
    {"verbatim tag", "a: !<tag:yaml.org,2002:str> 80\n", "{\"a\":\"80\"}"},
    {"bare exclamation mark",
     "a: ! 80\n"
     "b: ! x\n",
     "{\"a\":\"80\",\"b\":\"x\"}"},
    {"tag on a block below",
     "a: !thing\n"
     "  b: 1\n"
     "c: !!str |\n"
     "  one\n",
     "{\"a\":{\"b\":1},\"c\":\"one\\n\"}"},
    // Lists, mappings and what is missing from them.
    {"empty values",
     "a:\n"
     "b:\n"
     "  c:\n"
     "d: ~\n",
     "{\"a\":null,\"b\":{\"c\":null},\"d\":null}"},
    {"empty items",
     "-\n"
     "- a\n"
     "-\n"
     "-\n",
     "[null,\"a\",null,null]"},
    {"empty values in items",
     "- a:\n"
     "- b:\n"
     "  c:\n"
     "- \n",
     "[{\"a\":null},{\"b\":null,\"c\":null},null]"},
    {"list at the column of its key",
     "spec:\n"
     "  hosts:\n"
     "  - a\n"
     "  - b\n"
     "  gateways:\n"
     "  - c\n",
     "{\"spec\":{\"hosts\":[\"a\",\"b\"],\"gateways\":[\"c\"]}}"},
    {"list deeper than its key",
     "spec:\n"
     "    hosts:\n"
     "      - a\n"
     "      - b\n"
     "    gateways:\n"
     "        - c\n",
     "{\"spec\":{\"hosts\":[\"a\",\"b\"],\"gateways\":[\"c\"]}}"},
    {"lists in lists",
     "- - a\n"
     "  - b\n"
     "- - - c\n"
     "-\n"
     "  - d\n",
     "[[\"a\",\"b\"],[[\"c\"]],[\"d\"]]"},
    {"wide dashes",
     "-   a: 1\n"
     "    b: 2\n"
     "-      - c\n",
     "[{\"a\":1,\"b\":2},[\"c\"]]"},
    {"item mappings below their dash",
     "-\n"
     "  a: 1\n"
     "  b: 2\n"
     "-\n"
     "    c: 3\n",
     "[{\"a\":1,\"b\":2},{\"c\":3}]"},
    {"list at its key's column in an item",
     "- hosts:\n"
     "  - a\n"
     "  - b\n"
     "  port: 80\n"
     "- hosts:\n"
     "    - c\n",
     "[{\"hosts\":[\"a\",\"b\"],\"port\":80},{\"hosts\":[\"c\"]}]"},
    {"different depths side by side",
     "a:\n"
     " b:\n"
     "       c: 1\n"
     " d:\n"
     "   e: 2\n",
     "{\"a\":{\"b\":{\"c\":1},\"d\":{\"e\":2}}}"},
    {"whole document indented",
     "   a: 1\n"
     "   b:\n"
     "     - c\n",
     "{\"a\":1,\"b\":[\"c\"]}"},
    {"scalar roots, plain", "shop\n", "\"shop\""},
    {"scalar roots, quoted", "\"80\"\n", "\"80\""},
    {"key and value without a blank after it", "kind:Gateway\n", "\"kind:Gateway\""},
    {"twenty mappings deep",
     "k1:\n"
     "  k2:\n"
     "    k3:\n"
     "      k4:\n"
     "        k5:\n"
     "          k6:\n"
     "            k7:\n"
     "              k8:\n"
     "                k9:\n"
     "                  k10:\n"
     "                    k11:\n"
     "                      k12:\n"
     "                        k13:\n"
     "                          k14:\n"
     "                            k15:\n"
     "                              k16:\n"
     "                                k17:\n"
     "                                  k18:\n"
     "                                    k19:\n"
     "                                      k20: end\n",
     "{\"k1\":{\"k2\":{\"k3\":{\"k4\":{\"k5\":{\"k6\":{\"k7\":{\"k8\":{\"k9\":{\"k10\":{\"k11\":{\"k12\":{\"k13\":{"
     "\"k14\":{"
     "\"k15\":{\"k16\":{\"k17\":{\"k18\":{\"k19\":{\"k20\":\"end\"}}}}}}}}}}}}}}}}}}}}"},
    {"twenty lists deep", "- - - - - - - - - - - - - - - - - - - - end\n",
     "[[[[[[[[[[[[[[[[[[[[\"end\"]]]]]]]]]]]]]]]]]]]]"},
    {"twenty flow lists deep", "a: [[[[[[[[[[[[[[[[[[[[end]]]]]]]]]]]]]]]]]]]]\n",
     "{\"a\":[[[[[[[[[[[[[[[[[[[[\"end\"]]]]]]]]]]]]]]]]]]]]}"},
    {"twenty flow mappings deep",
     "a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: end}}}}}}}}}}}}}}}}}}}}\n",
     "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{"
     "\"a\":{\"a\":"
     "{\"a\":{\"a\":{\"a\":\"end\"}}}}}}}}}}}}}}}}}}}}}"},
    // Unicode.
    {"letters beyond ascii",
     "größe: 10\n"
     "名前: 店\n"
     "\"ключ\": 'значение'\n",
     "{\"größe\":10,\"名前\":\"店\",\"ключ\":\"значение\"}"},
    {"emoji",
     "a: 😀 shop 🚪\n"
     "b: [🎈, \"🎉\"]\n",
     "{\"a\":\"😀 shop 🚪\",\"b\":[\"🎈\",\"🎉\"]}"},
    {"no-break space is no blank",
     "a: x\302\240y\n"
     "b\302\240c: 1\n",
     "{\"a\":\"x\302\240y\",\"b\302\240c\":1}"},
    {"smart quotes are letters",
     "a: “shop”\n"
     "b: ‘x’\n",
     "{\"a\":\"“shop”\",\"b\":\"‘x’\"}"},
    {"combining marks and right to left",
     "a: e\314\201\n"
     "b: שלום\n",
     "{\"a\":\"e\314\201\",\"b\":\"שלום\"}"},
    {"full width colon is no colon", "a: b： c\n", "{\"a\":\"b： c\"}"},
    // Line ends, byte order mark, document marks.
    {"carriage returns",
     "a: 1\r\n"
     "b:\r\n"
     "  - c # note\r\n"
     "  - \"d\r\n"
     "    e\"\r\n",
     "{\"a\":1,\"b\":[\"c\",\"d e\"]}"},
    {"carriage returns in a block scalar",
     "text: |\r\n"
     "  one\r\n"
     "  two\r\n"
     "name: a\r\n",
     "{\"text\":\"one\\ntwo\\n\",\"name\":\"a\"}"},
    {"carriage returns in flow",
     "list: [a,\r\n"
     "  b,\r\n"
     "]\r\n",
     "{\"list\":[\"a\",\"b\"]}"},
    {"byte order mark",
     "\357\273\277a: 1\n"
     "b: 2\n",
     "{\"a\":1,\"b\":2}"},
    {"byte order mark before a comment",
     "\357\273\277# note\n"
     "a: 1\n",
     "{\"a\":1}"},
    {"byte order mark and carriage returns",
     "\357\273\277a: 1\r\n"
     "b: |\r\n"
     "  one\r\n",
     "{\"a\":1,\"b\":\"one\\n\"}"},
    {"document start",
     "---\n"
     "a: 1\n",
     "{\"a\":1}"},
    {"document start with a comment",
     "# first\n"
     "--- # shop\n"
     "a: 1\n",
     "{\"a\":1}"},
    {"document end",
     "a: 1\n"
     "...\n",
     "{\"a\":1}"},
    {"document start and end",
     "---\n"
     "- a\n"
     "... # done\n",
     "[\"a\"]"},
    {"no final line break",
     "a: 1\n"
     "b: two",
     "{\"a\":1,\"b\":\"two\"}"},
    {"blank lines around",
     "\n"
     "\n"
     "\n"
     "a: 1\n"
     "\n"
     "\n"
     "b: 2\n"
     "\n"
     "\n",
     "{\"a\":1,\"b\":2}"},
    {"blanks on empty lines",
     "a: 1\n"
     "   \n"
     "b:\n"
     "      \n"
     "  c: 2\n"
     "  \n",
     "{\"a\":1,\"b\":{\"c\":2}}"},
    {"trailing blanks on every line",
     "a: 1   \n"
     "b:   \n"
     "  - c   \n"
     "  - [d]   \n",
     "{\"a\":1,\"b\":[\"c\",[\"d\"]]}"},
    // JSON.
    {"json object on one line",
     "{\"kind\": \"Gateway\", \"spec\": {\"servers\": [{\"port\": {\"number\": 80}}], \"x\": null, \"y\": true, \"z\": "
     "1.5}}\n",
     "{\"kind\":\"Gateway\",\"spec\":{\"servers\":[{\"port\":{\"number\":80}}],\"x\":null,\"y\":true,\"z\":1.5}}"},
    {"json object on many lines",
     "{\n"
     "    \"kind\": \"List\",\n"
     "    \"items\": [\n"
     "        {\n"
     "            \"kind\": \"Gateway\"\n"
     "        },\n"
     "        {\n"
     "            \"kind\": \"VirtualService\"\n"
     "        }\n"
     "    ]\n"
     "}\n",
     "{\"kind\":\"List\",\"items\":[{\"kind\":\"Gateway\"},{\"kind\":\"VirtualService\"}]}"},
    {"json object without blanks", "{\"a\":{\"b\":[1,2,{\"c\":\"d\"}],\"e\":\"f:g\"},\"h\":[]}",
     "{\"a\":{\"b\":[1,2,{\"c\":\"d\"}],\"e\":\"f:g\"},\"h\":[]}"},
    {"json object indented with tabs",
     "{\n"
     "\t\"a\": 1,\n"
     "\t\"b\": [\n"
     "\t\t2\n"
     "\t]\n"
     "}\n",
     "{\"a\":1,\"b\":[2]}"},
    {"json array", "[{\"a\": 1}, {\"b\": 2}]\n", "[{\"a\":1},{\"b\":2}]"},
    {"json escapes", "{\"a\": \"x\\ty\\n\\\"z\\\" \\\\ \\u00e9\"}\n", "{\"a\":\"x\\ty\\n\\\"z\\\" \\\\ é\"}"},
    {"json escaped slash", "{\"path\": \"\\/api\\/v1\"}\n", "{\"path\":\"/api/v1\"}"},
    {"json surrogate pair", "{\"a\": \"\\ud83d\\ude00 shop\"}\n", "{\"a\":\"😀 shop\"}"},
    {"json surrogate pair in a key",
     "{\n"
     "  \"\\uD83D\\uDEAA\": 1\n"
     "}\n",
     "{\"🚪\":1}"},
    {"json key of more than a thousand bytes",
     "{\"" WICKET_TEST_X100("long-key-") WICKET_TEST_X100("long-key-") "\": 1, \"b\": 2}\n",
     "{\"" WICKET_TEST_X100("long-key-") WICKET_TEST_X100("long-key-") "\":1,\"b\":2}"},
    {"json key of more than a thousand bytes, inside",
     "{\"a\": {\n"
     "  \"" WICKET_TEST_X100("long-key-") WICKET_TEST_X100("long-key-") "\": [1]\n"
                                                                        "}}\n",
     "{\"a\":{\"" WICKET_TEST_X100("long-key-") WICKET_TEST_X100("long-key-") "\":[1]}}"},
    // Long things.
    {"long plain value",
     "a: " WICKET_TEST_X100("long value ") WICKET_TEST_X100("long value ") WICKET_TEST_X100("long value ") "end\n"
                                                                                                           "b: 1\n",
     "{\"a\":\"" WICKET_TEST_X100("long value ") WICKET_TEST_X100("long value ")
         WICKET_TEST_X100("long value ") "end\",\"b\":1}"},
    {"long quoted value",
     "a: \"" WICKET_TEST_X100("0123456789") WICKET_TEST_X100("0123456789") WICKET_TEST_X100("0123456789") "\"\n",
     "{\"a\":\"" WICKET_TEST_X100("0123456789") WICKET_TEST_X100("0123456789") WICKET_TEST_X100("0123456789") "\"}"},
    {"long quoted value in flow", "{a: [\"" WICKET_TEST_X100("0123456789") WICKET_TEST_X100("0123456789") "\", b]}\n",
     "{\"a\":[\"" WICKET_TEST_X100("0123456789") WICKET_TEST_X100("0123456789") "\",\"b\"]}"},
    {"long word in a list",
     "- " WICKET_TEST_X100("thirty-bytes-in-one-long-word-") "\n"
                                                             "- z\n",
     "[\"" WICKET_TEST_X100("thirty-bytes-in-one-long-word-") "\",\"z\"]"},
    {"key just below a thousand bytes", WICKET_TEST_X100("ten-bytes-") ": 1\n",
     "{\"" WICKET_TEST_X100("ten-bytes-") "\":1}"},
};

#undef WICKET_TEST_X10
#undef WICKET_TEST_X100

}  // namespace wicket::yaml::test
