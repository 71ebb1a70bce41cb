package io.clusterdeck.redis.build;

import java.util.List;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What stands for a part of a blueprint that was left out. */
final class EmptyYaml {

    static final MappingNode MAP = new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);

    private EmptyYaml() {}
}
