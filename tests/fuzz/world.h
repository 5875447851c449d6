// Manifests of one file, read and compiled: what a fuzz target asks.
#pragma once

#include <memory>
#include <sstream>
#include <string>
#include <string_view>

#include "base/file_reader.h"
#include "load/load.h"
#include "route/compile.h"
#include "rules/lower.h"

namespace wicket::fuzz {

struct World {
  load::Loaded loaded;  // the table's spans lead into it
  route::RouteTable table;

  static World make(std::string_view manifests) {
    MemoryReader reader;
    reader.add("routes.yaml", std::string(manifests));
    std::istringstream none;
    load::Loaded loaded = load::load({.paths = {"routes.yaml"}}, reader, none);
    route::RouteTable table = route::compile(std::make_shared<const rules::RuleSet>(rules::lower(*loaded.workspace)));
    return {std::move(loaded), std::move(table)};
  }
};

}  // namespace wicket::fuzz
