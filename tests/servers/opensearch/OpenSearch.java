import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One node on 127.0.0.1, until the process is killed: `java -cp ... OpenSearch.java FOLDER PORT`. */
class OpenSearch {
    public static void main(String[] arguments) throws Exception {
        var runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", arguments[1]);
            settings.put("transport.port", "0");
            settings.put("discovery.type", "single-node");
            settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        });
        runner.build(OpenSearchRunner.newConfigs().basePath(arguments[0]).numOfNode(1));
        Thread.currentThread().join();
    }
}
