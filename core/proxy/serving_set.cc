#include "proxy/serving_set.h"

namespace wicket::proxy {

std::shared_ptr<ClusterState> ClusterStates::find(const std::string& name, const ServiceName& service) {
  const std::scoped_lock lock(mutex_);
  std::shared_ptr<ClusterState>& state = states_[name];
  if (!state) state = std::make_shared<ClusterState>(service);
  return state;
}

}  // namespace wicket::proxy
