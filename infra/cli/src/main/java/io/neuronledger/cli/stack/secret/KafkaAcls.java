package io.neuronledger.cli.stack.secret;

import io.neuronledger.contracts.topic.KafkaPrincipal;
import io.neuronledger.contracts.topic.TopicAccess;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The access control lists of a broker, made from {@link TopicAccess} and {@link KafkaPrincipal}. */
public final class KafkaAcls {
  private KafkaAcls() {}

  /** Every rule: of topics, and of the consumer groups and transactional ids that begin with a principal's name. */
  public static Set<AclBinding> all() {
    Set<AclBinding> rules = new LinkedHashSet<>();
    for (TopicAccess access : TopicAccess.ALL) {
      for (TopicAccess.Operation operation : access.operations()) {
        rules.add(rule(access.principal(), AclOperation.valueOf(operation.name()),
            new ResourcePattern(ResourceType.TOPIC, access.topic(), PatternType.LITERAL)));
      }
    }
    for (KafkaPrincipal principal : KafkaPrincipal.values()) {
      if (principal.hasGroups()) {
        rules.add(rule(principal, AclOperation.READ, own(ResourceType.GROUP, principal)));
      }
      if (principal.hasTransactions()) {
        rules.add(rule(principal, AclOperation.WRITE, own(ResourceType.TRANSACTIONAL_ID, principal)));
      }
    }
    return rules;
  }

  private static ResourcePattern own(ResourceType type, KafkaPrincipal principal) {
    return new ResourcePattern(type, principal.id(), PatternType.PREFIXED);
  }

  private static AclBinding rule(KafkaPrincipal principal, AclOperation operation, ResourcePattern resource) {
    return new AclBinding(resource,
        new AccessControlEntry("User:" + principal.id(), "*", operation, AclPermissionType.ALLOW));
  }
}
