// Written by `npm run docs` from the schema in lib/installation/.

/**
 * The Immich server.
 * @default {}
 */
export type ServerSection = {
  /** Full image reference, best with its digest; default ghcr.io/immich-app/immich-server at the version of the installation. */
  readonly image?: string | undefined;
  /**
   * CPU and memory that are reserved and allowed.
   * @default {}
   */
  readonly resources?: {
    /**
     * What the scheduler reserves.
     * @default {}
     */
    readonly requests?: {
      /**
       * CPU that is reserved, in cores ("1") or thousandths ("200m").
       * @default "200m"
       */
      readonly cpu?: string | number | undefined;
      /**
       * Memory that is reserved, such as "512Mi".
       * @default "1Gi"
       */
      readonly memory?: string | undefined;
    } | undefined;
    /**
     * What may be used at most.
     * @default {"memory":"4Gi"}
     */
    readonly limits?: {
      /** The most CPU, in cores; without it there is no limit. */
      readonly cpu?: string | number | undefined;
      /** The most memory, such as "4Gi"; a container above it is killed. */
      readonly memory?: string | undefined;
    } | undefined;
  } | undefined;
  /**
   * Numeric user that the container runs as; never root.
   * @default 1000
   */
  readonly user?: number | undefined;
  /**
   * Numeric group of the container and its volumes.
   * @default 1000
   */
  readonly group?: number | undefined;
  /**
   * Whether the root file system is read-only; /tmp stays writable.
   * @default true
   */
  readonly readOnlyRootFilesystem?: boolean | undefined;
  /**
   * Further environment variables, as texts. Secrets do not belong here, but in environmentFrom.
   * @default {}
   */
  readonly environment?: { readonly [key: string]: string } | undefined;
  /**
   * Further environment variables out of Secrets: { NAME: { secret, key } }.
   * @default {}
   */
  readonly environmentFrom?: { readonly [key: string]: {
    /** Name of the Secret, in the namespace of the object that reads it. */
    readonly secret: string;
    /** Key inside the Secret. */
    readonly key: string;
  } } | undefined;
  /** Labels that a node must have for the pods to run on it. */
  readonly nodeSelector?: { readonly [key: string]: string } | undefined;
  /** Taints of nodes that the pods do not mind, as in Kubernetes. */
  readonly tolerations?: readonly ({
    /** Name of the taint; without it all of them. */
    readonly key?: string | undefined;
    /**
     * Whether its value counts.
     * @default "Equal"
     */
    readonly operator?: "Equal" | "Exists" | undefined;
    /** Value of the taint. */
    readonly value?: string | undefined;
    /** What the taint does; without it whatever it does. */
    readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
    /** How long pods stay on a node that gets the taint NoExecute; without it for ever. */
    readonly tolerationSeconds?: number | undefined;
  })[] | undefined;
  /** Which nodes and which other pods they want to be near, as in Kubernetes. */
  readonly affinity?: {
    /** Which nodes. */
    readonly nodeAffinity?: {
      /** What must hold. */
      readonly requiredDuringSchedulingIgnoredDuringExecution?: {
        /** Kinds of nodes; one of them is enough. */
        readonly nodeSelectorTerms: readonly ({
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        })[];
      } | undefined;
      /**
       * What would be good.
       * @default []
       */
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** How much it counts among the others. */
        readonly weight: number;
        /** The nodes. */
        readonly preference: {
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        };
      })[] | undefined;
    } | undefined;
    /** Near which other pods. */
    readonly podAffinity?: {
      /**
       * What must hold.
       * @default []
       */
      readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** Label of the nodes that says what is one place. */
        readonly topologyKey: string;
        /**
         * Where the other pods are; default the namespace of ours.
         * @default []
         */
        readonly namespaces?: readonly string[] | undefined;
        /** The other pods. */
        readonly labelSelector: {
          /**
           * Labels with their values.
           * @default {}
           */
          readonly matchLabels?: { readonly [key: string]: string } | undefined;
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        };
      })[] | undefined;
      /**
       * What would be good.
       * @default []
       */
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** How much it counts among the others. */
        readonly weight: number;
        /** The other pods, and the place. */
        readonly podAffinityTerm: {
          /** Label of the nodes that says what is one place. */
          readonly topologyKey: string;
          /**
           * Where the other pods are; default the namespace of ours.
           * @default []
           */
          readonly namespaces?: readonly string[] | undefined;
          /** The other pods. */
          readonly labelSelector: {
            /**
             * Labels with their values.
             * @default {}
             */
            readonly matchLabels?: { readonly [key: string]: string } | undefined;
            /**
             * What must hold of the labels; all of it.
             * @default []
             */
            readonly matchExpressions?: readonly ({
              /** Name of the label. */
              readonly key: string;
              /** How its value is looked at. */
              readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
              /**
               * The values, as texts.
               * @default []
               */
              readonly values?: readonly string[] | undefined;
            })[] | undefined;
          };
        };
      })[] | undefined;
    } | undefined;
    /** Far from which other pods. */
    readonly podAntiAffinity?: {
      /**
       * What must hold.
       * @default []
       */
      readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** Label of the nodes that says what is one place. */
        readonly topologyKey: string;
        /**
         * Where the other pods are; default the namespace of ours.
         * @default []
         */
        readonly namespaces?: readonly string[] | undefined;
        /** The other pods. */
        readonly labelSelector: {
          /**
           * Labels with their values.
           * @default {}
           */
          readonly matchLabels?: { readonly [key: string]: string } | undefined;
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        };
      })[] | undefined;
      /**
       * What would be good.
       * @default []
       */
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** How much it counts among the others. */
        readonly weight: number;
        /** The other pods, and the place. */
        readonly podAffinityTerm: {
          /** Label of the nodes that says what is one place. */
          readonly topologyKey: string;
          /**
           * Where the other pods are; default the namespace of ours.
           * @default []
           */
          readonly namespaces?: readonly string[] | undefined;
          /** The other pods. */
          readonly labelSelector: {
            /**
             * Labels with their values.
             * @default {}
             */
            readonly matchLabels?: { readonly [key: string]: string } | undefined;
            /**
             * What must hold of the labels; all of it.
             * @default []
             */
            readonly matchExpressions?: readonly ({
              /** Name of the label. */
              readonly key: string;
              /** How its value is looked at. */
              readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
              /**
               * The values, as texts.
               * @default []
               */
              readonly values?: readonly string[] | undefined;
            })[] | undefined;
          };
        };
      })[] | undefined;
    } | undefined;
  } | undefined;
  /** Over which places the pods are spread, instead of over nodes where there are several. */
  readonly topologySpread?: readonly ({
    /** Label of the nodes by which they are one place. */
    readonly topologyKey: string;
    /**
     * How many more pods one place may have than another.
     * @default 1
     */
    readonly maxSkew?: number | undefined;
    /**
     * What happens to a pod for which there is no such place.
     * @default "ScheduleAnyway"
     */
    readonly whenUnsatisfiable?: "ScheduleAnyway" | "DoNotSchedule" | undefined;
  })[] | undefined;
  /** Name of a PriorityClass that exists. */
  readonly priorityClass?: string | undefined;
  /** Name of a RuntimeClass that exists, such as nvidia. */
  readonly runtimeClass?: string | undefined;
  /** Names of Secrets of type kubernetes.io/dockerconfigjson, for a registry that asks who one is. */
  readonly imagePullSecrets?: readonly string[] | undefined;
  /** Further labels of the pods and of what makes them. None by which pods are selected. */
  readonly labels?: { readonly [key: string]: string } | undefined;
  /** Further annotations of the pods and of what makes them, such as those of Reloader. */
  readonly annotations?: { readonly [key: string]: string } | undefined;
  /** Further volumes, by names of your own: { existingClaim | configMap | secret, key | empty, path }. None of them is backed up here. */
  readonly volumes?: { readonly [key: string]: {
    /** Name of a claim that exists already, in the namespace of Immich. */
    readonly existingClaim: string;
    /**
     * Who may mount it.
     * @default "ReadWriteOnce"
     */
    readonly accessMode?: "ReadWriteOnce" | "ReadWriteMany" | "ReadOnlyMany" | undefined;
    /**
     * Whether nothing can be written there.
     * @default true
     */
    readonly readOnly?: boolean | undefined;
    /** Where it is in the container. */
    readonly path: string;
    readonly configMap?: undefined;
    readonly secret?: undefined;
    readonly key?: undefined;
    readonly empty?: undefined;
  } | {
    /** Name of a ConfigMap that exists already. */
    readonly configMap: string;
    /** Where it is in the container. */
    readonly path: string;
    readonly existingClaim?: undefined;
    readonly accessMode?: undefined;
    readonly readOnly?: undefined;
    readonly secret?: undefined;
    readonly key?: undefined;
    readonly empty?: undefined;
  } | {
    /** Name of a Secret that exists already. */
    readonly secret: string;
    /** Key inside the Secret; it becomes a file of that name in the folder. */
    readonly key: string;
    /** Where it is in the container. */
    readonly path: string;
    readonly existingClaim?: undefined;
    readonly accessMode?: undefined;
    readonly readOnly?: undefined;
    readonly configMap?: undefined;
    readonly empty?: undefined;
  } | {
    /** A folder that is empty when a pod starts, and goes with it. */
    readonly empty: {
      /** The most that it may hold. */
      readonly size: string;
    };
    /** Where it is in the container. */
    readonly path: string;
    readonly existingClaim?: undefined;
    readonly accessMode?: undefined;
    readonly readOnly?: undefined;
    readonly configMap?: undefined;
    readonly secret?: undefined;
    readonly key?: undefined;
  } } | undefined;
  /**
   * The Service of the server.
   * @default {}
   */
  readonly service?: {
    /**
     * Annotations of the Service, which load balancers and operators read.
     * @default {}
     */
    readonly annotations?: { readonly [key: string]: string } | undefined;
    /**
     * Whether it is reached from outside too, without TLS and past the route. network.clients says who may.
     * @default "ClusterIP"
     */
    readonly type?: "ClusterIP" | "LoadBalancer" | "NodePort" | undefined;
    /** Which load balancer, such as tailscale. */
    readonly loadBalancerClass?: string | undefined;
    /**
     * Addresses that the load balancer lets in.
     * @default []
     */
    readonly loadBalancerSourceRanges?: readonly string[] | undefined;
  } | undefined;
  /**
   * Number of server pods. More than one needs a shared library and a separate microservices worker. They hold out while nodes are drained; all of them stop before a new version starts.
   * @default 1
   */
  readonly replicas?: number | undefined;
  /** The graphics card by which videos are transcoded: nvidia, intel, intel-dra or amd, or { resource, runtimeClass, groups, nodeSelector }. With a config it is switched on there; otherwise synth says what to choose in the web interface. */
  readonly gpu?: "nvidia" | "intel" | "intel-dra" | "amd" | {
    /** What the device plugin calls the card, such as gpu.intel.com/xe. */
    readonly resource: string;
    /** RuntimeClass of the pod, such as nvidia; none where the node needs none. */
    readonly runtimeClass?: string | undefined;
    /**
     * Numeric groups that may open the device: what stat -c %g /dev/dri/renderD128 says on the node.
     * @default []
     */
    readonly groups?: readonly number[] | undefined;
    /**
     * Labels of the nodes that have the card.
     * @default {}
     */
    readonly nodeSelector?: { readonly [key: string]: string } | undefined;
  } | undefined;
  /**
   * The worker for background jobs: thumbnails, transcoding, recognition. In a pod of its own it is placed as the server is, where nothing else is written, and has its environment and volumes too.
   * @default {}
   */
  readonly microservices?: {
    /**
     * Whether background jobs run in a pod of their own. There is always exactly one, since two would race.
     * @default false
     */
    readonly separate?: boolean | undefined;
    /**
     * CPU and memory of the separate pod.
     * @default {}
     */
    readonly resources?: {
      /**
       * What the scheduler reserves.
       * @default {}
       */
      readonly requests?: {
        /**
         * CPU that is reserved, in cores ("1") or thousandths ("200m").
         * @default "200m"
         */
        readonly cpu?: string | number | undefined;
        /**
         * Memory that is reserved, such as "512Mi".
         * @default "512Mi"
         */
        readonly memory?: string | undefined;
      } | undefined;
      /**
       * What may be used at most.
       * @default {"memory":"4Gi"}
       */
      readonly limits?: {
        /** The most CPU, in cores; without it there is no limit. */
        readonly cpu?: string | number | undefined;
        /** The most memory, such as "4Gi"; a container above it is killed. */
        readonly memory?: string | undefined;
      } | undefined;
    } | undefined;
    /** The graphics card by which the separate pod transcodes videos, as in server.gpu. */
    readonly gpu?: "nvidia" | "intel" | "intel-dra" | "amd" | {
      /** What the device plugin calls the card, such as gpu.intel.com/xe. */
      readonly resource: string;
      /** RuntimeClass of the pod, such as nvidia; none where the node needs none. */
      readonly runtimeClass?: string | undefined;
      /**
       * Numeric groups that may open the device: what stat -c %g /dev/dri/renderD128 says on the node.
       * @default []
       */
      readonly groups?: readonly number[] | undefined;
      /**
       * Labels of the nodes that have the card.
       * @default {}
       */
      readonly nodeSelector?: { readonly [key: string]: string } | undefined;
    } | undefined;
    /** Labels that a node must have for the pods to run on it. */
    readonly nodeSelector?: { readonly [key: string]: string } | undefined;
    /** Taints of nodes that the pods do not mind, as in Kubernetes. */
    readonly tolerations?: readonly ({
      /** Name of the taint; without it all of them. */
      readonly key?: string | undefined;
      /**
       * Whether its value counts.
       * @default "Equal"
       */
      readonly operator?: "Equal" | "Exists" | undefined;
      /** Value of the taint. */
      readonly value?: string | undefined;
      /** What the taint does; without it whatever it does. */
      readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
      /** How long pods stay on a node that gets the taint NoExecute; without it for ever. */
      readonly tolerationSeconds?: number | undefined;
    })[] | undefined;
    /** Which nodes and which other pods they want to be near, as in Kubernetes. */
    readonly affinity?: {
      /** Which nodes. */
      readonly nodeAffinity?: {
        /** What must hold. */
        readonly requiredDuringSchedulingIgnoredDuringExecution?: {
          /** Kinds of nodes; one of them is enough. */
          readonly nodeSelectorTerms: readonly ({
            /**
             * What must hold of the labels; all of it.
             * @default []
             */
            readonly matchExpressions?: readonly ({
              /** Name of the label. */
              readonly key: string;
              /** How its value is looked at. */
              readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
              /**
               * The values, as texts.
               * @default []
               */
              readonly values?: readonly string[] | undefined;
            })[] | undefined;
          })[];
        } | undefined;
        /**
         * What would be good.
         * @default []
         */
        readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
          /** How much it counts among the others. */
          readonly weight: number;
          /** The nodes. */
          readonly preference: {
            /**
             * What must hold of the labels; all of it.
             * @default []
             */
            readonly matchExpressions?: readonly ({
              /** Name of the label. */
              readonly key: string;
              /** How its value is looked at. */
              readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
              /**
               * The values, as texts.
               * @default []
               */
              readonly values?: readonly string[] | undefined;
            })[] | undefined;
          };
        })[] | undefined;
      } | undefined;
      /** Near which other pods. */
      readonly podAffinity?: {
        /**
         * What must hold.
         * @default []
         */
        readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly ({
          /** Label of the nodes that says what is one place. */
          readonly topologyKey: string;
          /**
           * Where the other pods are; default the namespace of ours.
           * @default []
           */
          readonly namespaces?: readonly string[] | undefined;
          /** The other pods. */
          readonly labelSelector: {
            /**
             * Labels with their values.
             * @default {}
             */
            readonly matchLabels?: { readonly [key: string]: string } | undefined;
            /**
             * What must hold of the labels; all of it.
             * @default []
             */
            readonly matchExpressions?: readonly ({
              /** Name of the label. */
              readonly key: string;
              /** How its value is looked at. */
              readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
              /**
               * The values, as texts.
               * @default []
               */
              readonly values?: readonly string[] | undefined;
            })[] | undefined;
          };
        })[] | undefined;
        /**
         * What would be good.
         * @default []
         */
        readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
          /** How much it counts among the others. */
          readonly weight: number;
          /** The other pods, and the place. */
          readonly podAffinityTerm: {
            /** Label of the nodes that says what is one place. */
            readonly topologyKey: string;
            /**
             * Where the other pods are; default the namespace of ours.
             * @default []
             */
            readonly namespaces?: readonly string[] | undefined;
            /** The other pods. */
            readonly labelSelector: {
              /**
               * Labels with their values.
               * @default {}
               */
              readonly matchLabels?: { readonly [key: string]: string } | undefined;
              /**
               * What must hold of the labels; all of it.
               * @default []
               */
              readonly matchExpressions?: readonly ({
                /** Name of the label. */
                readonly key: string;
                /** How its value is looked at. */
                readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
                /**
                 * The values, as texts.
                 * @default []
                 */
                readonly values?: readonly string[] | undefined;
              })[] | undefined;
            };
          };
        })[] | undefined;
      } | undefined;
      /** Far from which other pods. */
      readonly podAntiAffinity?: {
        /**
         * What must hold.
         * @default []
         */
        readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly ({
          /** Label of the nodes that says what is one place. */
          readonly topologyKey: string;
          /**
           * Where the other pods are; default the namespace of ours.
           * @default []
           */
          readonly namespaces?: readonly string[] | undefined;
          /** The other pods. */
          readonly labelSelector: {
            /**
             * Labels with their values.
             * @default {}
             */
            readonly matchLabels?: { readonly [key: string]: string } | undefined;
            /**
             * What must hold of the labels; all of it.
             * @default []
             */
            readonly matchExpressions?: readonly ({
              /** Name of the label. */
              readonly key: string;
              /** How its value is looked at. */
              readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
              /**
               * The values, as texts.
               * @default []
               */
              readonly values?: readonly string[] | undefined;
            })[] | undefined;
          };
        })[] | undefined;
        /**
         * What would be good.
         * @default []
         */
        readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
          /** How much it counts among the others. */
          readonly weight: number;
          /** The other pods, and the place. */
          readonly podAffinityTerm: {
            /** Label of the nodes that says what is one place. */
            readonly topologyKey: string;
            /**
             * Where the other pods are; default the namespace of ours.
             * @default []
             */
            readonly namespaces?: readonly string[] | undefined;
            /** The other pods. */
            readonly labelSelector: {
              /**
               * Labels with their values.
               * @default {}
               */
              readonly matchLabels?: { readonly [key: string]: string } | undefined;
              /**
               * What must hold of the labels; all of it.
               * @default []
               */
              readonly matchExpressions?: readonly ({
                /** Name of the label. */
                readonly key: string;
                /** How its value is looked at. */
                readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
                /**
                 * The values, as texts.
                 * @default []
                 */
                readonly values?: readonly string[] | undefined;
              })[] | undefined;
            };
          };
        })[] | undefined;
      } | undefined;
    } | undefined;
    /** Over which places the pods are spread, instead of over nodes where there are several. */
    readonly topologySpread?: readonly ({
      /** Label of the nodes by which they are one place. */
      readonly topologyKey: string;
      /**
       * How many more pods one place may have than another.
       * @default 1
       */
      readonly maxSkew?: number | undefined;
      /**
       * What happens to a pod for which there is no such place.
       * @default "ScheduleAnyway"
       */
      readonly whenUnsatisfiable?: "ScheduleAnyway" | "DoNotSchedule" | undefined;
    })[] | undefined;
    /** Name of a PriorityClass that exists. */
    readonly priorityClass?: string | undefined;
    /** Name of a RuntimeClass that exists, such as nvidia. */
    readonly runtimeClass?: string | undefined;
    /** Names of Secrets of type kubernetes.io/dockerconfigjson, for a registry that asks who one is. */
    readonly imagePullSecrets?: readonly string[] | undefined;
    /** Further labels of the pods and of what makes them. None by which pods are selected. */
    readonly labels?: { readonly [key: string]: string } | undefined;
    /** Further annotations of the pods and of what makes them, such as those of Reloader. */
    readonly annotations?: { readonly [key: string]: string } | undefined;
    /**
     * Further environment variables, as texts. Secrets do not belong here, but in environmentFrom.
     * @default {}
     */
    readonly environment?: { readonly [key: string]: string } | undefined;
    /**
     * Further environment variables out of Secrets: { NAME: { secret, key } }.
     * @default {}
     */
    readonly environmentFrom?: { readonly [key: string]: {
      /** Name of the Secret, in the namespace of the object that reads it. */
      readonly secret: string;
      /** Key inside the Secret. */
      readonly key: string;
    } } | undefined;
  } | undefined;
  /**
   * Whether the first visitor of an empty Immich may make the account of the administrator, or restore a dump; from v2.5.0 on, older versions always allow it. Take it out once that account is there.
   * @default false
   */
  readonly allowSetup?: boolean | undefined;
  /**
   * Whether the server may reach the internet on 443, for single sign-on, version checks and the like.
   * @default false
   */
  readonly internet?: boolean | undefined;
  /**
   * Addresses of the proxies before Immich, so that it logs the real client; default route.traefik.addresses, else what Immich trusts itself: private networks, in which pods are.
   * @default []
   */
  readonly trustedProxies?: readonly string[] | undefined;
};

/**
 * Search by content, faces and text.
 * @default {}
 */
export type MachineLearningSection = {
  /** Full image reference, best with its digest; default ghcr.io/immich-app/immich-machine-learning at the version of the installation. */
  readonly image?: string | undefined;
  /**
   * CPU and memory that are reserved and allowed.
   * @default {}
   */
  readonly resources?: {
    /**
     * What the scheduler reserves.
     * @default {}
     */
    readonly requests?: {
      /**
       * CPU that is reserved, in cores ("1") or thousandths ("200m").
       * @default "500m"
       */
      readonly cpu?: string | number | undefined;
      /**
       * Memory that is reserved, such as "512Mi".
       * @default "1Gi"
       */
      readonly memory?: string | undefined;
    } | undefined;
    /**
     * What may be used at most.
     * @default {"memory":"4Gi"}
     */
    readonly limits?: {
      /** The most CPU, in cores; without it there is no limit. */
      readonly cpu?: string | number | undefined;
      /** The most memory, such as "4Gi"; a container above it is killed. */
      readonly memory?: string | undefined;
    } | undefined;
  } | undefined;
  /**
   * Numeric user that the container runs as; never root.
   * @default 1000
   */
  readonly user?: number | undefined;
  /**
   * Numeric group of the container and its volumes.
   * @default 1000
   */
  readonly group?: number | undefined;
  /**
   * Whether the root file system is read-only; /tmp stays writable.
   * @default true
   */
  readonly readOnlyRootFilesystem?: boolean | undefined;
  /**
   * Further environment variables, as texts. Secrets do not belong here, but in environmentFrom.
   * @default {}
   */
  readonly environment?: { readonly [key: string]: string } | undefined;
  /**
   * Further environment variables out of Secrets: { NAME: { secret, key } }.
   * @default {}
   */
  readonly environmentFrom?: { readonly [key: string]: {
    /** Name of the Secret, in the namespace of the object that reads it. */
    readonly secret: string;
    /** Key inside the Secret. */
    readonly key: string;
  } } | undefined;
  /** Labels that a node must have for the pods to run on it. */
  readonly nodeSelector?: { readonly [key: string]: string } | undefined;
  /** Taints of nodes that the pods do not mind, as in Kubernetes. */
  readonly tolerations?: readonly ({
    /** Name of the taint; without it all of them. */
    readonly key?: string | undefined;
    /**
     * Whether its value counts.
     * @default "Equal"
     */
    readonly operator?: "Equal" | "Exists" | undefined;
    /** Value of the taint. */
    readonly value?: string | undefined;
    /** What the taint does; without it whatever it does. */
    readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
    /** How long pods stay on a node that gets the taint NoExecute; without it for ever. */
    readonly tolerationSeconds?: number | undefined;
  })[] | undefined;
  /** Which nodes and which other pods they want to be near, as in Kubernetes. */
  readonly affinity?: {
    /** Which nodes. */
    readonly nodeAffinity?: {
      /** What must hold. */
      readonly requiredDuringSchedulingIgnoredDuringExecution?: {
        /** Kinds of nodes; one of them is enough. */
        readonly nodeSelectorTerms: readonly ({
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        })[];
      } | undefined;
      /**
       * What would be good.
       * @default []
       */
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** How much it counts among the others. */
        readonly weight: number;
        /** The nodes. */
        readonly preference: {
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        };
      })[] | undefined;
    } | undefined;
    /** Near which other pods. */
    readonly podAffinity?: {
      /**
       * What must hold.
       * @default []
       */
      readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** Label of the nodes that says what is one place. */
        readonly topologyKey: string;
        /**
         * Where the other pods are; default the namespace of ours.
         * @default []
         */
        readonly namespaces?: readonly string[] | undefined;
        /** The other pods. */
        readonly labelSelector: {
          /**
           * Labels with their values.
           * @default {}
           */
          readonly matchLabels?: { readonly [key: string]: string } | undefined;
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        };
      })[] | undefined;
      /**
       * What would be good.
       * @default []
       */
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** How much it counts among the others. */
        readonly weight: number;
        /** The other pods, and the place. */
        readonly podAffinityTerm: {
          /** Label of the nodes that says what is one place. */
          readonly topologyKey: string;
          /**
           * Where the other pods are; default the namespace of ours.
           * @default []
           */
          readonly namespaces?: readonly string[] | undefined;
          /** The other pods. */
          readonly labelSelector: {
            /**
             * Labels with their values.
             * @default {}
             */
            readonly matchLabels?: { readonly [key: string]: string } | undefined;
            /**
             * What must hold of the labels; all of it.
             * @default []
             */
            readonly matchExpressions?: readonly ({
              /** Name of the label. */
              readonly key: string;
              /** How its value is looked at. */
              readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
              /**
               * The values, as texts.
               * @default []
               */
              readonly values?: readonly string[] | undefined;
            })[] | undefined;
          };
        };
      })[] | undefined;
    } | undefined;
    /** Far from which other pods. */
    readonly podAntiAffinity?: {
      /**
       * What must hold.
       * @default []
       */
      readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** Label of the nodes that says what is one place. */
        readonly topologyKey: string;
        /**
         * Where the other pods are; default the namespace of ours.
         * @default []
         */
        readonly namespaces?: readonly string[] | undefined;
        /** The other pods. */
        readonly labelSelector: {
          /**
           * Labels with their values.
           * @default {}
           */
          readonly matchLabels?: { readonly [key: string]: string } | undefined;
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        };
      })[] | undefined;
      /**
       * What would be good.
       * @default []
       */
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** How much it counts among the others. */
        readonly weight: number;
        /** The other pods, and the place. */
        readonly podAffinityTerm: {
          /** Label of the nodes that says what is one place. */
          readonly topologyKey: string;
          /**
           * Where the other pods are; default the namespace of ours.
           * @default []
           */
          readonly namespaces?: readonly string[] | undefined;
          /** The other pods. */
          readonly labelSelector: {
            /**
             * Labels with their values.
             * @default {}
             */
            readonly matchLabels?: { readonly [key: string]: string } | undefined;
            /**
             * What must hold of the labels; all of it.
             * @default []
             */
            readonly matchExpressions?: readonly ({
              /** Name of the label. */
              readonly key: string;
              /** How its value is looked at. */
              readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
              /**
               * The values, as texts.
               * @default []
               */
              readonly values?: readonly string[] | undefined;
            })[] | undefined;
          };
        };
      })[] | undefined;
    } | undefined;
  } | undefined;
  /** Over which places the pods are spread, instead of over nodes where there are several. */
  readonly topologySpread?: readonly ({
    /** Label of the nodes by which they are one place. */
    readonly topologyKey: string;
    /**
     * How many more pods one place may have than another.
     * @default 1
     */
    readonly maxSkew?: number | undefined;
    /**
     * What happens to a pod for which there is no such place.
     * @default "ScheduleAnyway"
     */
    readonly whenUnsatisfiable?: "ScheduleAnyway" | "DoNotSchedule" | undefined;
  })[] | undefined;
  /** Name of a PriorityClass that exists. */
  readonly priorityClass?: string | undefined;
  /** Name of a RuntimeClass that exists, such as nvidia. */
  readonly runtimeClass?: string | undefined;
  /** Names of Secrets of type kubernetes.io/dockerconfigjson, for a registry that asks who one is. */
  readonly imagePullSecrets?: readonly string[] | undefined;
  /** Further labels of the pods and of what makes them. None by which pods are selected. */
  readonly labels?: { readonly [key: string]: string } | undefined;
  /** Further annotations of the pods and of what makes them, such as those of Reloader. */
  readonly annotations?: { readonly [key: string]: string } | undefined;
  /** Further volumes, by names of your own: { existingClaim | configMap | secret, key | empty, path }. None of them is backed up here. */
  readonly volumes?: { readonly [key: string]: {
    /** Name of a claim that exists already, in the namespace of Immich. */
    readonly existingClaim: string;
    /**
     * Who may mount it.
     * @default "ReadWriteOnce"
     */
    readonly accessMode?: "ReadWriteOnce" | "ReadWriteMany" | "ReadOnlyMany" | undefined;
    /**
     * Whether nothing can be written there.
     * @default true
     */
    readonly readOnly?: boolean | undefined;
    /** Where it is in the container. */
    readonly path: string;
    readonly configMap?: undefined;
    readonly secret?: undefined;
    readonly key?: undefined;
    readonly empty?: undefined;
  } | {
    /** Name of a ConfigMap that exists already. */
    readonly configMap: string;
    /** Where it is in the container. */
    readonly path: string;
    readonly existingClaim?: undefined;
    readonly accessMode?: undefined;
    readonly readOnly?: undefined;
    readonly secret?: undefined;
    readonly key?: undefined;
    readonly empty?: undefined;
  } | {
    /** Name of a Secret that exists already. */
    readonly secret: string;
    /** Key inside the Secret; it becomes a file of that name in the folder. */
    readonly key: string;
    /** Where it is in the container. */
    readonly path: string;
    readonly existingClaim?: undefined;
    readonly accessMode?: undefined;
    readonly readOnly?: undefined;
    readonly configMap?: undefined;
    readonly empty?: undefined;
  } | {
    /** A folder that is empty when a pod starts, and goes with it. */
    readonly empty: {
      /** The most that it may hold. */
      readonly size: string;
    };
    /** Where it is in the container. */
    readonly path: string;
    readonly existingClaim?: undefined;
    readonly accessMode?: undefined;
    readonly readOnly?: undefined;
    readonly configMap?: undefined;
    readonly secret?: undefined;
    readonly key?: undefined;
  } } | undefined;
  /** The graphics card that models run on: nvidia, intel, intel-dra or amd, or { resource, runtimeClass, groups, nodeSelector }. The image follows it, and memory is then 2Gi and at most 8Gi unless resources says otherwise. */
  readonly gpu?: "nvidia" | "intel" | "intel-dra" | "amd" | {
    /** What the device plugin calls the card, such as gpu.intel.com/xe. */
    readonly resource: string;
    /** RuntimeClass of the pod, such as nvidia; none where the node needs none. */
    readonly runtimeClass?: string | undefined;
    /**
     * Numeric groups that may open the device: what stat -c %g /dev/dri/renderD128 says on the node.
     * @default []
     */
    readonly groups?: readonly number[] | undefined;
    /**
     * Labels of the nodes that have the card.
     * @default {}
     */
    readonly nodeSelector?: { readonly [key: string]: string } | undefined;
  } | undefined;
  /**
   * The Service of machine learning.
   * @default {}
   */
  readonly service?: {
    /**
     * Annotations of the Service, which load balancers and operators read.
     * @default {}
     */
    readonly annotations?: { readonly [key: string]: string } | undefined;
  } | undefined;
  /**
   * Number of pods. More than one needs a shared volume for models.
   * @default 1
   */
  readonly replicas?: number | undefined;
  /**
   * Whether models are never downloaded. They must then be on the volume already.
   * @default false
   */
  readonly offline?: boolean | undefined;
};

/**
 * Immich's queue of jobs.
 * @default {}
 */
export type ValkeySection = {
  /**
   * Full image reference, best with its digest.
   * @default "docker.io/valkey/valkey:9.1-alpine"
   */
  readonly image?: string | undefined;
  /**
   * CPU and memory that are reserved and allowed.
   * @default {}
   */
  readonly resources?: {
    /**
     * What the scheduler reserves.
     * @default {}
     */
    readonly requests?: {
      /**
       * CPU that is reserved, in cores ("1") or thousandths ("200m").
       * @default "50m"
       */
      readonly cpu?: string | number | undefined;
      /**
       * Memory that is reserved, such as "512Mi".
       * @default "64Mi"
       */
      readonly memory?: string | undefined;
    } | undefined;
    /**
     * What may be used at most.
     * @default {"memory":"1Gi"}
     */
    readonly limits?: {
      /** The most CPU, in cores; without it there is no limit. */
      readonly cpu?: string | number | undefined;
      /** The most memory, such as "4Gi"; a container above it is killed. */
      readonly memory?: string | undefined;
    } | undefined;
  } | undefined;
  /**
   * Numeric user that Valkey runs as; never root.
   * @default 1000
   */
  readonly user?: number | undefined;
  /**
   * Numeric group of the container and its volume.
   * @default 1000
   */
  readonly group?: number | undefined;
  /** A small volume that keeps waiting jobs over a restart; without it they are lost and must be started again. */
  readonly persistence?: {
    /** Storage class of the claim "immich-valkey". */
    readonly storageClass: string;
    /**
     * Size of the claim.
     * @default "1Gi"
     */
    readonly size?: string | undefined;
  } | undefined;
  /** The password of Valkey; without it, network policies alone protect it. */
  readonly password?: {
    /** Name of the Secret, in the namespace of the object that reads it. */
    readonly secret: string;
    /** Key inside the Secret. */
    readonly key: string;
  } | undefined;
  /**
   * The Service of Valkey.
   * @default {}
   */
  readonly service?: {
    /**
     * Annotations of the Service, which load balancers and operators read.
     * @default {}
     */
    readonly annotations?: { readonly [key: string]: string } | undefined;
  } | undefined;
  /**
   * Further environment variables, as texts. Secrets do not belong here, but in environmentFrom.
   * @default {}
   */
  readonly environment?: { readonly [key: string]: string } | undefined;
  /**
   * Further environment variables out of Secrets: { NAME: { secret, key } }.
   * @default {}
   */
  readonly environmentFrom?: { readonly [key: string]: {
    /** Name of the Secret, in the namespace of the object that reads it. */
    readonly secret: string;
    /** Key inside the Secret. */
    readonly key: string;
  } } | undefined;
  /** Labels that a node must have for the pods to run on it. */
  readonly nodeSelector?: { readonly [key: string]: string } | undefined;
  /** Taints of nodes that the pods do not mind, as in Kubernetes. */
  readonly tolerations?: readonly ({
    /** Name of the taint; without it all of them. */
    readonly key?: string | undefined;
    /**
     * Whether its value counts.
     * @default "Equal"
     */
    readonly operator?: "Equal" | "Exists" | undefined;
    /** Value of the taint. */
    readonly value?: string | undefined;
    /** What the taint does; without it whatever it does. */
    readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
    /** How long pods stay on a node that gets the taint NoExecute; without it for ever. */
    readonly tolerationSeconds?: number | undefined;
  })[] | undefined;
  /** Which nodes and which other pods they want to be near, as in Kubernetes. */
  readonly affinity?: {
    /** Which nodes. */
    readonly nodeAffinity?: {
      /** What must hold. */
      readonly requiredDuringSchedulingIgnoredDuringExecution?: {
        /** Kinds of nodes; one of them is enough. */
        readonly nodeSelectorTerms: readonly ({
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        })[];
      } | undefined;
      /**
       * What would be good.
       * @default []
       */
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** How much it counts among the others. */
        readonly weight: number;
        /** The nodes. */
        readonly preference: {
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        };
      })[] | undefined;
    } | undefined;
    /** Near which other pods. */
    readonly podAffinity?: {
      /**
       * What must hold.
       * @default []
       */
      readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** Label of the nodes that says what is one place. */
        readonly topologyKey: string;
        /**
         * Where the other pods are; default the namespace of ours.
         * @default []
         */
        readonly namespaces?: readonly string[] | undefined;
        /** The other pods. */
        readonly labelSelector: {
          /**
           * Labels with their values.
           * @default {}
           */
          readonly matchLabels?: { readonly [key: string]: string } | undefined;
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        };
      })[] | undefined;
      /**
       * What would be good.
       * @default []
       */
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** How much it counts among the others. */
        readonly weight: number;
        /** The other pods, and the place. */
        readonly podAffinityTerm: {
          /** Label of the nodes that says what is one place. */
          readonly topologyKey: string;
          /**
           * Where the other pods are; default the namespace of ours.
           * @default []
           */
          readonly namespaces?: readonly string[] | undefined;
          /** The other pods. */
          readonly labelSelector: {
            /**
             * Labels with their values.
             * @default {}
             */
            readonly matchLabels?: { readonly [key: string]: string } | undefined;
            /**
             * What must hold of the labels; all of it.
             * @default []
             */
            readonly matchExpressions?: readonly ({
              /** Name of the label. */
              readonly key: string;
              /** How its value is looked at. */
              readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
              /**
               * The values, as texts.
               * @default []
               */
              readonly values?: readonly string[] | undefined;
            })[] | undefined;
          };
        };
      })[] | undefined;
    } | undefined;
    /** Far from which other pods. */
    readonly podAntiAffinity?: {
      /**
       * What must hold.
       * @default []
       */
      readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** Label of the nodes that says what is one place. */
        readonly topologyKey: string;
        /**
         * Where the other pods are; default the namespace of ours.
         * @default []
         */
        readonly namespaces?: readonly string[] | undefined;
        /** The other pods. */
        readonly labelSelector: {
          /**
           * Labels with their values.
           * @default {}
           */
          readonly matchLabels?: { readonly [key: string]: string } | undefined;
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        };
      })[] | undefined;
      /**
       * What would be good.
       * @default []
       */
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** How much it counts among the others. */
        readonly weight: number;
        /** The other pods, and the place. */
        readonly podAffinityTerm: {
          /** Label of the nodes that says what is one place. */
          readonly topologyKey: string;
          /**
           * Where the other pods are; default the namespace of ours.
           * @default []
           */
          readonly namespaces?: readonly string[] | undefined;
          /** The other pods. */
          readonly labelSelector: {
            /**
             * Labels with their values.
             * @default {}
             */
            readonly matchLabels?: { readonly [key: string]: string } | undefined;
            /**
             * What must hold of the labels; all of it.
             * @default []
             */
            readonly matchExpressions?: readonly ({
              /** Name of the label. */
              readonly key: string;
              /** How its value is looked at. */
              readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
              /**
               * The values, as texts.
               * @default []
               */
              readonly values?: readonly string[] | undefined;
            })[] | undefined;
          };
        };
      })[] | undefined;
    } | undefined;
  } | undefined;
  /** Over which places the pods are spread, instead of over nodes where there are several. */
  readonly topologySpread?: readonly ({
    /** Label of the nodes by which they are one place. */
    readonly topologyKey: string;
    /**
     * How many more pods one place may have than another.
     * @default 1
     */
    readonly maxSkew?: number | undefined;
    /**
     * What happens to a pod for which there is no such place.
     * @default "ScheduleAnyway"
     */
    readonly whenUnsatisfiable?: "ScheduleAnyway" | "DoNotSchedule" | undefined;
  })[] | undefined;
  /** Name of a PriorityClass that exists. */
  readonly priorityClass?: string | undefined;
  /** Name of a RuntimeClass that exists, such as nvidia. */
  readonly runtimeClass?: string | undefined;
  /** Names of Secrets of type kubernetes.io/dockerconfigjson, for a registry that asks who one is. */
  readonly imagePullSecrets?: readonly string[] | undefined;
  /** Further labels of the pods and of what makes them. None by which pods are selected. */
  readonly labels?: { readonly [key: string]: string } | undefined;
  /** Further annotations of the pods and of what makes them, such as those of Reloader. */
  readonly annotations?: { readonly [key: string]: string } | undefined;
  /** Further volumes, by names of your own: { existingClaim | configMap | secret, key | empty, path }. None of them is backed up here. */
  readonly volumes?: { readonly [key: string]: {
    /** Name of a claim that exists already, in the namespace of Immich. */
    readonly existingClaim: string;
    /**
     * Who may mount it.
     * @default "ReadWriteOnce"
     */
    readonly accessMode?: "ReadWriteOnce" | "ReadWriteMany" | "ReadOnlyMany" | undefined;
    /**
     * Whether nothing can be written there.
     * @default true
     */
    readonly readOnly?: boolean | undefined;
    /** Where it is in the container. */
    readonly path: string;
    readonly configMap?: undefined;
    readonly secret?: undefined;
    readonly key?: undefined;
    readonly empty?: undefined;
  } | {
    /** Name of a ConfigMap that exists already. */
    readonly configMap: string;
    /** Where it is in the container. */
    readonly path: string;
    readonly existingClaim?: undefined;
    readonly accessMode?: undefined;
    readonly readOnly?: undefined;
    readonly secret?: undefined;
    readonly key?: undefined;
    readonly empty?: undefined;
  } | {
    /** Name of a Secret that exists already. */
    readonly secret: string;
    /** Key inside the Secret; it becomes a file of that name in the folder. */
    readonly key: string;
    /** Where it is in the container. */
    readonly path: string;
    readonly existingClaim?: undefined;
    readonly accessMode?: undefined;
    readonly readOnly?: undefined;
    readonly configMap?: undefined;
    readonly empty?: undefined;
  } | {
    /** A folder that is empty when a pod starts, and goes with it. */
    readonly empty: {
      /** The most that it may hold. */
      readonly size: string;
    };
    /** Where it is in the container. */
    readonly path: string;
    readonly existingClaim?: undefined;
    readonly accessMode?: undefined;
    readonly readOnly?: undefined;
    readonly configMap?: undefined;
    readonly secret?: undefined;
    readonly key?: undefined;
  } } | undefined;
  readonly external?: undefined;
} | {
  /** A server that somebody else runs; then none is made here. */
  readonly external: {
    /** DNS name or address of the server: Valkey, Redis, or Dragonfly, which needs --default_lua_flags=allow-undeclared-keys for the scripts of the queue. Its maxmemory-policy must be noeviction, or jobs get lost. */
    readonly host: string;
    /**
     * Port of the server.
     * @default 6379
     */
    readonly port?: number | undefined;
    /**
     * Number of the database; one of its own for each Immich, or they take jobs from each other.
     * @default 0
     */
    readonly database?: number | undefined;
    /** User of the server, where it is not the one that the password alone is of. */
    readonly username?: string | undefined;
    /** The password of the server. */
    readonly password?: {
      /** Name of the Secret, in the namespace of the object that reads it. */
      readonly secret: string;
      /** Key inside the Secret. */
      readonly key: string;
    } | undefined;
    readonly url?: undefined;
  } | {
    /** A key that holds REDIS_URL: "ioredis://" and the base64 of options of ioredis as JSON. TLS and Sentinel go only this way. */
    readonly url: {
      /** Name of the Secret, in the namespace of the object that reads it. */
      readonly secret: string;
      /** Key inside the Secret. */
      readonly key: string;
    };
    readonly host?: undefined;
    readonly port?: undefined;
    readonly database?: undefined;
    readonly username?: undefined;
    readonly password?: undefined;
  };
  readonly image?: undefined;
  readonly resources?: undefined;
  readonly user?: undefined;
  readonly group?: undefined;
  readonly persistence?: undefined;
  readonly password?: undefined;
  readonly service?: undefined;
  readonly environment?: undefined;
  readonly environmentFrom?: undefined;
  readonly nodeSelector?: undefined;
  readonly tolerations?: undefined;
  readonly affinity?: undefined;
  readonly topologySpread?: undefined;
  readonly priorityClass?: undefined;
  readonly runtimeClass?: undefined;
  readonly imagePullSecrets?: undefined;
  readonly labels?: undefined;
  readonly annotations?: undefined;
  readonly volumes?: undefined;
};

/** The models of machine learning, at /cache. Required where its pods run here, and not to be written where none do. */
export type VolumeSection = {
  /** Storage class that makes the volume, such as "longhorn". */
  readonly storageClass: string;
  /** Size, such as "500Gi". It can grow later, never shrink. */
  readonly size: string;
  /**
   * Who may mount it; ReadWriteMany where the class can share it.
   * @default "ReadWriteOnce"
   */
  readonly accessMode?: "ReadWriteOnce" | "ReadWriteOncePod" | "ReadWriteMany" | undefined;
  /** Name of the claim; default "immich-" and the key of the volume. */
  readonly claim?: string | undefined;
  /** How the files are backed up: { volsync }, { longhorn }, or none with a reason. */
  readonly backup?: "none" | {
    /**
     * Restic, run by VolSync, to an object store.
     * @default {}
     */
    readonly volsync?: {
      /** When to back up, as a five-field cron in UTC; default an hour after the base backup of the database. */
      readonly schedule?: string | undefined;
      /** Name of the Secret with RESTIC_REPOSITORY, RESTIC_PASSWORD and the keys of the store; default the claim with "-restic". */
      readonly secret?: string | undefined;
      /** Kind of store that the restic repository lies in; default that of the database backups, else s3. */
      readonly store?: "s3" | "azure" | "gcs" | undefined;
      /** URL of the S3 service, for the network policy; needed when its port is not 443 and it is not that of the database backups. */
      readonly endpoint?: string | undefined;
      /** What is read: a snapshot, a clone, or the volume itself; default Snapshot, and Direct for NFS and existing claims. */
      readonly copyMethod?: "Snapshot" | "Clone" | "Direct" | undefined;
      /** VolumeSnapshotClass for Snapshot; default that of the cluster. */
      readonly volumeSnapshotClass?: string | undefined;
      /**
       * How many backups are kept.
       * @default {}
       */
      readonly retain?: {
        /**
         * How many daily backups are kept.
         * @default 14
         */
        readonly daily?: number | undefined;
        /**
         * How many weekly backups are kept.
         * @default 8
         */
        readonly weekly?: number | undefined;
        /**
         * How many monthly backups are kept.
         * @default 12
         */
        readonly monthly?: number | undefined;
      } | undefined;
      /**
       * The volume of restic's cache.
       * @default {}
       */
      readonly cache?: {
        /**
         * Size of restic's cache volume.
         * @default "5Gi"
         */
        readonly size?: string | undefined;
        /** Storage class of restic's cache; default that of the volume, or of the cluster. */
        readonly storageClass?: string | undefined;
      } | undefined;
    } | undefined;
    readonly longhorn?: undefined;
  } | {
    /**
     * A recurring backup of Longhorn to its own backup target.
     * @default {}
     */
    readonly longhorn?: {
      /** When to back up, as a five-field cron in UTC; default an hour after the base backup of the database. */
      readonly schedule?: string | undefined;
      /**
       * How many backups are kept.
       * @default 30
       */
      readonly retain?: number | undefined;
    } | undefined;
    readonly volsync?: undefined;
  } | undefined;
  /** Why there is no backup; only with "backup: none". */
  readonly reason?: string | undefined;
  /** Recurring jobs of Longhorn for this volume; only for Longhorn classes. */
  readonly longhorn?: {
    /** Snapshots by a Longhorn RecurringJob that is made for this volume. They stay in the same Longhorn: no backup. */
    readonly snapshots?: {
      /**
       * When to snapshot, as a five-field cron in UTC.
       * @default "0 1 * * *"
       */
      readonly schedule?: string | undefined;
      /**
       * How many snapshots are kept.
       * @default 14
       */
      readonly retain?: number | undefined;
    } | undefined;
    /**
     * Names of existing Longhorn RecurringJobs that this volume takes part in.
     * @default []
     */
    readonly jobs?: readonly string[] | undefined;
    /**
     * Names of existing groups of Longhorn RecurringJobs.
     * @default []
     */
    readonly groups?: readonly string[] | undefined;
  } | undefined;
  /** What the claim is filled from when it is made: { volsync: {} } or { dataSourceRef }. A claim that exists cannot get it, nor lose it. */
  readonly populate?: {
    /** The restic repository of backup.volsync, read by VolSync. */
    readonly volsync: {
      /** The moment to come back to: date, time and zone; default the last backup. */
      readonly restoreAsOf?: string | undefined;
    };
    readonly dataSourceRef?: undefined;
  } | {
    /** An object that somebody else makes: a VolumeSnapshot, a claim, or one of a volume populator. */
    readonly dataSourceRef: {
      /** API group of the object, such as "snapshot.storage.k8s.io"; none for another claim. */
      readonly apiGroup?: string | undefined;
      /** Its kind, such as "VolumeSnapshot". */
      readonly kind: string;
      /** Its name, in the namespace of the claim. */
      readonly name: string;
    };
    readonly volsync?: undefined;
  } | undefined;
  readonly nfs?: undefined;
  readonly existingClaim?: undefined;
} | {
  /** An NFS export. */
  readonly nfs: {
    /** DNS name or address of the NFS server. */
    readonly server: string;
    /** Exported folder, an absolute path. It must belong to the user that Immich runs as. */
    readonly path: string;
    /**
     * Mount options. "hard" waits for a server that is away, where "soft" would lose writes.
     * @default ["nfsvers=4.1","hard","noatime"]
     */
    readonly mountOptions?: readonly string[] | undefined;
  };
  /** Size, such as "500Gi". It can grow later, never shrink. */
  readonly size: string;
  /** Name of the claim; default "immich-" and the key of the volume. */
  readonly claim?: string | undefined;
  /** How the files are backed up: { volsync }, { longhorn }, or none with a reason. */
  readonly backup?: "none" | {
    /**
     * Restic, run by VolSync, to an object store.
     * @default {}
     */
    readonly volsync?: {
      /** When to back up, as a five-field cron in UTC; default an hour after the base backup of the database. */
      readonly schedule?: string | undefined;
      /** Name of the Secret with RESTIC_REPOSITORY, RESTIC_PASSWORD and the keys of the store; default the claim with "-restic". */
      readonly secret?: string | undefined;
      /** Kind of store that the restic repository lies in; default that of the database backups, else s3. */
      readonly store?: "s3" | "azure" | "gcs" | undefined;
      /** URL of the S3 service, for the network policy; needed when its port is not 443 and it is not that of the database backups. */
      readonly endpoint?: string | undefined;
      /** What is read: a snapshot, a clone, or the volume itself; default Snapshot, and Direct for NFS and existing claims. */
      readonly copyMethod?: "Snapshot" | "Clone" | "Direct" | undefined;
      /** VolumeSnapshotClass for Snapshot; default that of the cluster. */
      readonly volumeSnapshotClass?: string | undefined;
      /**
       * How many backups are kept.
       * @default {}
       */
      readonly retain?: {
        /**
         * How many daily backups are kept.
         * @default 14
         */
        readonly daily?: number | undefined;
        /**
         * How many weekly backups are kept.
         * @default 8
         */
        readonly weekly?: number | undefined;
        /**
         * How many monthly backups are kept.
         * @default 12
         */
        readonly monthly?: number | undefined;
      } | undefined;
      /**
       * The volume of restic's cache.
       * @default {}
       */
      readonly cache?: {
        /**
         * Size of restic's cache volume.
         * @default "5Gi"
         */
        readonly size?: string | undefined;
        /** Storage class of restic's cache; default that of the volume, or of the cluster. */
        readonly storageClass?: string | undefined;
      } | undefined;
    } | undefined;
    readonly longhorn?: undefined;
  } | {
    /**
     * A recurring backup of Longhorn to its own backup target.
     * @default {}
     */
    readonly longhorn?: {
      /** When to back up, as a five-field cron in UTC; default an hour after the base backup of the database. */
      readonly schedule?: string | undefined;
      /**
       * How many backups are kept.
       * @default 30
       */
      readonly retain?: number | undefined;
    } | undefined;
    readonly volsync?: undefined;
  } | undefined;
  /** Why there is no backup; only with "backup: none". */
  readonly reason?: string | undefined;
  readonly storageClass?: undefined;
  readonly accessMode?: undefined;
  readonly longhorn?: undefined;
  readonly populate?: undefined;
  readonly existingClaim?: undefined;
} | {
  /** Name of a claim that exists already, in the namespace of Immich. */
  readonly existingClaim: string;
  /**
   * Who may mount it.
   * @default "ReadWriteOnce"
   */
  readonly accessMode?: "ReadWriteOnce" | "ReadWriteOncePod" | "ReadWriteMany" | undefined;
  /** How the files are backed up: { volsync }, { longhorn }, or none with a reason. */
  readonly backup?: "none" | {
    /**
     * Restic, run by VolSync, to an object store.
     * @default {}
     */
    readonly volsync?: {
      /** When to back up, as a five-field cron in UTC; default an hour after the base backup of the database. */
      readonly schedule?: string | undefined;
      /** Name of the Secret with RESTIC_REPOSITORY, RESTIC_PASSWORD and the keys of the store; default the claim with "-restic". */
      readonly secret?: string | undefined;
      /** Kind of store that the restic repository lies in; default that of the database backups, else s3. */
      readonly store?: "s3" | "azure" | "gcs" | undefined;
      /** URL of the S3 service, for the network policy; needed when its port is not 443 and it is not that of the database backups. */
      readonly endpoint?: string | undefined;
      /** What is read: a snapshot, a clone, or the volume itself; default Snapshot, and Direct for NFS and existing claims. */
      readonly copyMethod?: "Snapshot" | "Clone" | "Direct" | undefined;
      /** VolumeSnapshotClass for Snapshot; default that of the cluster. */
      readonly volumeSnapshotClass?: string | undefined;
      /**
       * How many backups are kept.
       * @default {}
       */
      readonly retain?: {
        /**
         * How many daily backups are kept.
         * @default 14
         */
        readonly daily?: number | undefined;
        /**
         * How many weekly backups are kept.
         * @default 8
         */
        readonly weekly?: number | undefined;
        /**
         * How many monthly backups are kept.
         * @default 12
         */
        readonly monthly?: number | undefined;
      } | undefined;
      /**
       * The volume of restic's cache.
       * @default {}
       */
      readonly cache?: {
        /**
         * Size of restic's cache volume.
         * @default "5Gi"
         */
        readonly size?: string | undefined;
        /** Storage class of restic's cache; default that of the volume, or of the cluster. */
        readonly storageClass?: string | undefined;
      } | undefined;
    } | undefined;
    readonly longhorn?: undefined;
  } | {
    /**
     * A recurring backup of Longhorn to its own backup target.
     * @default {}
     */
    readonly longhorn?: {
      /** When to back up, as a five-field cron in UTC; default an hour after the base backup of the database. */
      readonly schedule?: string | undefined;
      /**
       * How many backups are kept.
       * @default 30
       */
      readonly retain?: number | undefined;
    } | undefined;
    readonly volsync?: undefined;
  } | undefined;
  /** Why there is no backup; only with "backup: none". */
  readonly reason?: string | undefined;
  readonly storageClass?: undefined;
  readonly size?: undefined;
  readonly claim?: undefined;
  readonly longhorn?: undefined;
  readonly populate?: undefined;
  readonly nfs?: undefined;
};

/** A database that is made here and run by CloudNativePG; or with existing, one in a Cluster that others own. */
export type CnpgSection = {
  /**
   * Version of the CloudNativePG operator in the cluster, in quotes.
   * @default "1.30"
   */
  readonly operator?: string | undefined;
  /**
   * Name of the Cluster object; its services and secrets are named after it.
   * @default "immich-db"
   */
  readonly name?: string | undefined;
  /** PostgreSQL with VectorChord, full image reference. Nothing but this line ever changes it. */
  readonly image: string;
  /** VectorChord beside an image of PostgreSQL that has none, such as ghcr.io/cloudnative-pg/postgresql:18.4-standard-bookworm. */
  readonly vectorchord?: {
    /** Image of VectorChord alone, mounted as an image volume: for PostgreSQL 18 or newer, Kubernetes 1.33 or newer, and CloudNativePG 1.27 or newer. */
    readonly image: string;
  } | undefined;
  /**
   * Number of PostgreSQL instances, one of which is the primary.
   * @default 2
   */
  readonly instances?: number | undefined;
  /**
   * Whether a commit waits until a replica has it: off; preferred, while there is one; or required, which stops writing without one.
   * @default "off"
   */
  readonly synchronous?: "off" | "preferred" | "required" | undefined;
  /** The volume of each instance. */
  readonly storage: {
    /** Storage class of the database; block storage, never a network share. */
    readonly storageClass: string;
    /** Size, such as "20Gi". It can grow later, never shrink. */
    readonly size: string;
  };
  /** A volume of its own for the write-ahead log. It can never be removed again. */
  readonly walStorage?: {
    /** Storage class of the database; block storage, never a network share. */
    readonly storageClass: string;
    /** Size, such as "20Gi". It can grow later, never shrink. */
    readonly size: string;
  } | undefined;
  /**
   * CPU and memory of each instance.
   * @default {}
   */
  readonly resources?: {
    /**
     * What the scheduler reserves.
     * @default {}
     */
    readonly requests?: {
      /**
       * CPU that is reserved, in cores ("1") or thousandths ("200m").
       * @default "500m"
       */
      readonly cpu?: string | number | undefined;
      /**
       * Memory that is reserved, such as "512Mi".
       * @default "2Gi"
       */
      readonly memory?: string | undefined;
    } | undefined;
    /**
     * What may be used at most.
     * @default {"memory":"2Gi"}
     */
    readonly limits?: {
      /** The most CPU, in cores; without it there is no limit. */
      readonly cpu?: string | number | undefined;
      /** The most memory, such as "4Gi"; a container above it is killed. */
      readonly memory?: string | undefined;
    } | undefined;
  } | undefined;
  /**
   * Further PostgreSQL settings, as texts; they replace ours of the same name.
   * @default {}
   */
  readonly parameters?: { readonly [key: string]: string } | undefined;
  /** DNS name under which the other cluster reaches the database. */
  readonly host?: string | undefined;
  /**
   * The service that a database on another cluster is reached by.
   * @default {}
   */
  readonly service?: {
    /**
     * Annotations of the LoadBalancer service.
     * @default {}
     */
    readonly annotations?: { readonly [key: string]: string } | undefined;
  } | undefined;
  /**
   * Addresses from which the other cluster may log in.
   * @default ["10.0.0.0/8","172.16.0.0/12","192.168.0.0/16","fc00::/7"]
   */
  readonly clients?: readonly string[] | undefined;
  /** The login that Immich uses; default the Secret "<name>-app" that CloudNativePG makes. */
  readonly credentials?: {
    /** Name of a Secret of type kubernetes.io/basic-auth with username and password. */
    readonly secret: string;
  } | undefined;
  /** The certificate that the app cluster trusts; default key "ca.crt" of the Secret "<name>-ca". */
  readonly ca?: {
    /** Name of the Secret, in the namespace of the object that reads it. */
    readonly secret: string;
    /** Key inside the Secret. */
    readonly key: string;
  } | undefined;
  /** What tells the cloud who the pods of the database are, where the store is opened without a Secret. */
  readonly workloadIdentity?: {
    /**
     * Annotations of the ServiceAccount, such as eks.amazonaws.com/role-arn or iam.gke.io/gcp-service-account.
     * @default {}
     */
    readonly annotations?: { readonly [key: string]: string } | undefined;
    /**
     * Labels of the pods, such as azure.workload.identity/use: "true".
     * @default {}
     */
    readonly podLabels?: { readonly [key: string]: string } | undefined;
  } | undefined;
  /** The life of this database: it archives to the folder "<name>-<lineage>"; default "original", the folder "<name>". */
  readonly lineage?: string | undefined;
  /** The lineage that a database which is set up anew starts from: a name, { lineage, time } or { lineage, volumeSnapshot }. */
  readonly restoreFrom?: string | {
    /** The lineage to restore, such as "v0"; "original" is the folder that is called like the database. */
    readonly lineage: string;
    /** Name of the database that archived it; default the name of this one. */
    readonly database?: string | undefined;
    /** The moment to come back to: date, time and zone; default the newest. */
    readonly time?: string | undefined;
    /** A VolumeSnapshot to start from in place of a base backup, or { storage, walStorage, taken }. */
    readonly volumeSnapshot?: string | {
      /** Name of the VolumeSnapshot of the data, in the namespace of the database. */
      readonly storage: string;
      /** Name of the VolumeSnapshot of the write-ahead log, where it has a volume. */
      readonly walStorage?: string | undefined;
      /** When the snapshot was taken, date, time and zone; needed with time, unless its name ends in YYYYMMDDhhmmss. */
      readonly taken?: string | undefined;
    } | undefined;
  } | undefined;
  /** What a database that is made anew is filled with: a PostgreSQL elsewhere, over the network, or { dump: path } of one that Immich made, in the library. One that has content never looks here. */
  readonly importFrom?: {
    /** DNS name or address of the PostgreSQL that Immich has used so far. */
    readonly host: string;
    /**
     * Port of the server.
     * @default 5432
     */
    readonly port?: number | undefined;
    /**
     * Name of the database there.
     * @default "immich"
     */
    readonly database?: string | undefined;
    /**
     * Role that may read all of it: its owner, or a superuser.
     * @default "postgres"
     */
    readonly username?: string | undefined;
    /** The password of the role. */
    readonly password: {
      /** Name of the Secret, in the namespace of the object that reads it. */
      readonly secret: string;
      /** Key inside the Secret. */
      readonly key: string;
    };
    /**
     * PostgreSQL's sslmode: require encrypts, verify-full also proves who answers and needs ca, disable is for a server without TLS.
     * @default "require"
     */
    readonly sslmode?: "verify-full" | "verify-ca" | "require" | "disable" | undefined;
    /** The certificate that the server must prove itself with. */
    readonly ca?: {
      /** Name of the Secret, in the namespace of the object that reads it. */
      readonly secret: string;
      /** Key inside the Secret. */
      readonly key: string;
    } | undefined;
    /** Major version of PostgreSQL there, such as 14: show server_version says it. */
    readonly postgres: number;
    /** What holds the vectors there, by the names in pg_extension: vchord (VectorChord), vector (pgvector alone) or vectors (pgvecto.rs). */
    readonly extension: "vchord" | "vector" | "vectors";
    /** Size of the database there, such as "8Gi": select pg_size_pretty(pg_database_size('immich')) says it. */
    readonly size: string;
    readonly dump?: undefined;
  } | {
    /** A dump that Immich made, by its path in the volume of the library: a Job reads it into a database in which Immich has made nothing yet, as its owner, before Immich starts. */
    readonly dump: string;
    readonly host?: undefined;
    readonly port?: undefined;
    readonly database?: undefined;
    readonly username?: undefined;
    readonly password?: undefined;
    readonly sslmode?: undefined;
    readonly ca?: undefined;
    readonly postgres?: undefined;
    readonly extension?: undefined;
    readonly size?: undefined;
  } | undefined;
  /** Backups of the database, or none together with a reason. */
  readonly backup: DatabaseBackupSection;
  /** Labels that a node must have for the pods to run on it. */
  readonly nodeSelector?: { readonly [key: string]: string } | undefined;
  /** Taints of nodes that the pods do not mind, as in Kubernetes. */
  readonly tolerations?: readonly ({
    /** Name of the taint; without it all of them. */
    readonly key?: string | undefined;
    /**
     * Whether its value counts.
     * @default "Equal"
     */
    readonly operator?: "Equal" | "Exists" | undefined;
    /** Value of the taint. */
    readonly value?: string | undefined;
    /** What the taint does; without it whatever it does. */
    readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
    /** How long pods stay on a node that gets the taint NoExecute; without it for ever. */
    readonly tolerationSeconds?: number | undefined;
  })[] | undefined;
  /** Which nodes and which other pods they want to be near, as in Kubernetes. */
  readonly affinity?: {
    /** Which nodes. */
    readonly nodeAffinity?: {
      /** What must hold. */
      readonly requiredDuringSchedulingIgnoredDuringExecution?: {
        /** Kinds of nodes; one of them is enough. */
        readonly nodeSelectorTerms: readonly ({
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        })[];
      } | undefined;
      /**
       * What would be good.
       * @default []
       */
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** How much it counts among the others. */
        readonly weight: number;
        /** The nodes. */
        readonly preference: {
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        };
      })[] | undefined;
    } | undefined;
    /** Near which other pods. */
    readonly podAffinity?: {
      /**
       * What must hold.
       * @default []
       */
      readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** Label of the nodes that says what is one place. */
        readonly topologyKey: string;
        /**
         * Where the other pods are; default the namespace of ours.
         * @default []
         */
        readonly namespaces?: readonly string[] | undefined;
        /** The other pods. */
        readonly labelSelector: {
          /**
           * Labels with their values.
           * @default {}
           */
          readonly matchLabels?: { readonly [key: string]: string } | undefined;
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        };
      })[] | undefined;
      /**
       * What would be good.
       * @default []
       */
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** How much it counts among the others. */
        readonly weight: number;
        /** The other pods, and the place. */
        readonly podAffinityTerm: {
          /** Label of the nodes that says what is one place. */
          readonly topologyKey: string;
          /**
           * Where the other pods are; default the namespace of ours.
           * @default []
           */
          readonly namespaces?: readonly string[] | undefined;
          /** The other pods. */
          readonly labelSelector: {
            /**
             * Labels with their values.
             * @default {}
             */
            readonly matchLabels?: { readonly [key: string]: string } | undefined;
            /**
             * What must hold of the labels; all of it.
             * @default []
             */
            readonly matchExpressions?: readonly ({
              /** Name of the label. */
              readonly key: string;
              /** How its value is looked at. */
              readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
              /**
               * The values, as texts.
               * @default []
               */
              readonly values?: readonly string[] | undefined;
            })[] | undefined;
          };
        };
      })[] | undefined;
    } | undefined;
    /** Far from which other pods. */
    readonly podAntiAffinity?: {
      /**
       * What must hold.
       * @default []
       */
      readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** Label of the nodes that says what is one place. */
        readonly topologyKey: string;
        /**
         * Where the other pods are; default the namespace of ours.
         * @default []
         */
        readonly namespaces?: readonly string[] | undefined;
        /** The other pods. */
        readonly labelSelector: {
          /**
           * Labels with their values.
           * @default {}
           */
          readonly matchLabels?: { readonly [key: string]: string } | undefined;
          /**
           * What must hold of the labels; all of it.
           * @default []
           */
          readonly matchExpressions?: readonly ({
            /** Name of the label. */
            readonly key: string;
            /** How its value is looked at. */
            readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
            /**
             * The values, as texts.
             * @default []
             */
            readonly values?: readonly string[] | undefined;
          })[] | undefined;
        };
      })[] | undefined;
      /**
       * What would be good.
       * @default []
       */
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly ({
        /** How much it counts among the others. */
        readonly weight: number;
        /** The other pods, and the place. */
        readonly podAffinityTerm: {
          /** Label of the nodes that says what is one place. */
          readonly topologyKey: string;
          /**
           * Where the other pods are; default the namespace of ours.
           * @default []
           */
          readonly namespaces?: readonly string[] | undefined;
          /** The other pods. */
          readonly labelSelector: {
            /**
             * Labels with their values.
             * @default {}
             */
            readonly matchLabels?: { readonly [key: string]: string } | undefined;
            /**
             * What must hold of the labels; all of it.
             * @default []
             */
            readonly matchExpressions?: readonly ({
              /** Name of the label. */
              readonly key: string;
              /** How its value is looked at. */
              readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
              /**
               * The values, as texts.
               * @default []
               */
              readonly values?: readonly string[] | undefined;
            })[] | undefined;
          };
        };
      })[] | undefined;
    } | undefined;
  } | undefined;
  /** Over which places the pods are spread, instead of over nodes where there are several. */
  readonly topologySpread?: readonly ({
    /** Label of the nodes by which they are one place. */
    readonly topologyKey: string;
    /**
     * How many more pods one place may have than another.
     * @default 1
     */
    readonly maxSkew?: number | undefined;
    /**
     * What happens to a pod for which there is no such place.
     * @default "ScheduleAnyway"
     */
    readonly whenUnsatisfiable?: "ScheduleAnyway" | "DoNotSchedule" | undefined;
  })[] | undefined;
  /** Name of a PriorityClass that exists. */
  readonly priorityClass?: string | undefined;
  /** Names of Secrets of type kubernetes.io/dockerconfigjson, for a registry that asks who one is. */
  readonly imagePullSecrets?: readonly string[] | undefined;
  /** Further labels of the pods and of what makes them. None by which pods are selected. */
  readonly labels?: { readonly [key: string]: string } | undefined;
  /** Further annotations of the pods and of what makes them, such as those of Reloader. */
  readonly annotations?: { readonly [key: string]: string } | undefined;
  /** Why there is no backup; only with "backup: none". */
  readonly reason?: string | undefined;
};

/** Backups of the database, or none together with a reason. */
export type DatabaseBackupSection = "none" | {
  /**
   * The Barman Cloud plugin, or barmanObjectStore, which CloudNativePG 1.31 no longer has.
   * @default "plugin"
   */
  readonly method?: "plugin" | "barmanObjectStore" | undefined;
  /**
   * When base backups are made: six fields, seconds first, in UTC; or @daily and the like.
   * @default "0 0 3 * * *"
   */
  readonly schedule?: string | undefined;
  /**
   * Whether the first base backup of a life of the database is made at once, and not at its next time.
   * @default true
   */
  readonly immediate?: boolean | undefined;
  /**
   * Whose the Backup objects are: of the database, or of the schedule itself, with which they would go. Files in the store stay.
   * @default "cluster"
   */
  readonly ownerReference?: "cluster" | "self" | undefined;
  /**
   * How far back a restore must reach, in days (d), weeks (w) or months (m).
   * @default "30d"
   */
  readonly retention?: string | undefined;
  /**
   * Compression of base backups and of the write-ahead log.
   * @default "gzip"
   */
  readonly compression?: "gzip" | "bzip2" | "snappy" | "lz4" | "none" | undefined;
  /** The plugin's program beside each instance, which archives, and restores in its stead. */
  readonly sidecar?: {
    /**
     * CPU and memory of it; a restore needs about 1Gi, and is killed without.
     * @default {}
     */
    readonly resources?: {
      /**
       * What the scheduler reserves.
       * @default {}
       */
      readonly requests?: {
        /**
         * CPU that is reserved, in cores ("1") or thousandths ("200m").
         * @default "50m"
         */
        readonly cpu?: string | number | undefined;
        /**
         * Memory that is reserved, such as "512Mi".
         * @default "128Mi"
         */
        readonly memory?: string | undefined;
      } | undefined;
      /**
       * What may be used at most.
       * @default {"memory":"1Gi"}
       */
      readonly limits?: {
        /** The most CPU, in cores; without it there is no limit. */
        readonly cpu?: string | number | undefined;
        /** The most memory, such as "4Gi"; a container above it is killed. */
        readonly memory?: string | undefined;
      } | undefined;
    } | undefined;
  } | undefined;
  /**
   * The restore drill, which proves that the backups can be restored; or none, together with a reason.
   * @default {}
   */
  readonly drill?: "none" | {
    /**
     * When to drill: daily, weekly, monthly, or a five-field cron in UTC.
     * @default "weekly"
     */
    readonly schedule?: string | undefined;
    /** Namespace of the drill, which must hold nothing else; default that of Immich with "-drill". */
    readonly namespace?: string | undefined;
    /**
     * The Secret that opens the store for the drill, to read and list only: its name, or with the names of its keys.
     * @default {}
     */
    readonly credentials?: string | {
      /**
       * Name of the Secret, in the drill's namespace.
       * @default "immich-backup-read"
       */
      readonly secret?: string | undefined;
      /** Azure: key of a connection string that holds a SAS token, in place of storageAccount and sasToken. */
      readonly connectionString?: string | undefined;
      /**
       * Azure: key of the name of the storage account.
       * @default "AZURE_STORAGE_ACCOUNT"
       */
      readonly storageAccount?: string | undefined;
      /**
       * Azure: key of a SAS token that may read and list (sp=rl).
       * @default "AZURE_STORAGE_SAS_TOKEN"
       */
      readonly sasToken?: string | undefined;
      /**
       * S3: key of the access key id.
       * @default "ACCESS_KEY_ID"
       */
      readonly accessKeyId?: string | undefined;
      /**
       * S3: key of the secret access key.
       * @default "ACCESS_SECRET_KEY"
       */
      readonly secretAccessKey?: string | undefined;
      /**
       * S3: key of the region, where the store has one.
       * @default "REGION"
       */
      readonly region?: string | undefined;
      /**
       * Google: key of the key file (JSON) of a service account.
       * @default "APPLICATION_CREDENTIALS"
       */
      readonly applicationCredentials?: string | undefined;
      /**
       * S3: key of the certificate of the endpoint, where backup.s3.endpointCA has one.
       * @default "ca.crt"
       */
      readonly endpointCA?: string | undefined;
    } | undefined;
    /** An identity that may read and list only, where the store is opened without a Secret; default that of the database. */
    readonly workloadIdentity?: {
      /**
       * Annotations of the ServiceAccount, such as eks.amazonaws.com/role-arn or iam.gke.io/gcp-service-account.
       * @default {}
       */
      readonly annotations?: { readonly [key: string]: string } | undefined;
      /**
       * Labels of the pods, such as azure.workload.identity/use: "true".
       * @default {}
       */
      readonly podLabels?: { readonly [key: string]: string } | undefined;
    } | undefined;
    /**
     * An image with kubectl and a shell, which starts the restore.
     * @default "ghcr.io/fluxcd/flux-cli:v2.9.4"
     */
    readonly image?: string | undefined;
    /** Storage class of the throw-away database; default that of the database. */
    readonly storageClass?: string | undefined;
    /** How long a drill may take at most, in minutes (m) or hours (h); default 4h, or an hour more than one for every 25Gi of the database. */
    readonly deadline?: string | undefined;
    /**
     * How old the newest sign of life in a restored database may be, in days (d), weeks (w) or months (m).
     * @default "7d"
     */
    readonly newest?: string | undefined;
    /**
     * How old the newest photo in a restored database may be, in days (d), weeks (w) or months (m).
     * @default "90d"
     */
    readonly newestPhoto?: string | undefined;
    /**
     * How many rows a table may have lost since the last successful drill, in percent.
     * @default 10
     */
    readonly fewerRows?: number | undefined;
    /** The drill of files: some photos are restored from the restic repository of the library, and compared with the checksums in the restored database. */
    readonly files?: {
      /**
       * When to compare: daily, weekly, monthly, or a five-field cron in UTC; some time after the drill of the database.
       * @default "weekly"
       */
      readonly schedule?: string | undefined;
      /**
       * Name of the Secret in the drill's namespace with RESTIC_REPOSITORY, RESTIC_PASSWORD and keys of the store that may read and list only.
       * @default "immich-library-restic-read"
       */
      readonly secret?: string | undefined;
      /**
       * How many files are compared besides the five newest and the five oldest; each time others.
       * @default 20
       */
      readonly random?: number | undefined;
      /**
       * How old the newest snapshot of the library may be, in days (d), weeks (w) or months (m).
       * @default "3d"
       */
      readonly newest?: string | undefined;
      /**
       * An image with restic and a shell.
       * @default "docker.io/restic/restic:0.18.0"
       */
      readonly image?: string | undefined;
      /**
       * How long it may take at most, in minutes (m) or hours (h).
       * @default "4h"
       */
      readonly deadline?: string | undefined;
    } | undefined;
  } | undefined;
  /** Why there is no drill; only with "drill: none". */
  readonly reason?: string | undefined;
  /** Azure Blob Storage. */
  readonly azure?: {
    /** Container and folder, as an https URL. The container must exist. */
    readonly destinationPath: string;
    /** The connection string of the storage account. */
    readonly connectionString?: {
      /** Name of the Secret, in the namespace of the object that reads it. */
      readonly secret: string;
      /** Key inside the Secret. */
      readonly key: string;
    } | undefined;
    /** The name of the storage account, for a SAS token. */
    readonly storageAccount?: {
      /** Name of the Secret, in the namespace of the object that reads it. */
      readonly secret: string;
      /** Key inside the Secret. */
      readonly key: string;
    } | undefined;
    /** A SAS token of the container, together with storageAccount. */
    readonly sasToken?: {
      /** Name of the Secret, in the namespace of the object that reads it. */
      readonly secret: string;
      /** Key inside the Secret. */
      readonly key: string;
    } | undefined;
    /** Says that the pod itself has an identity that opens the store. */
    readonly inheritFromAzureAD?: true | undefined;
  } | undefined;
  /** S3, of Amazon or of any other service. */
  readonly s3?: {
    /** Name of the bucket, which must exist. */
    readonly bucket: string;
    /**
     * Folder in the bucket; below it each lineage has its own.
     * @default "immich"
     */
    readonly folder?: string | undefined;
    /** URL of the service, for S3 that is not Amazon. */
    readonly endpoint?: string | undefined;
    /** The certificate that the endpoint must prove itself with, where an authority of your own has signed it. */
    readonly endpointCA?: {
      /** Name of the Secret, in the namespace of the object that reads it. */
      readonly secret: string;
      /** Key inside the Secret. */
      readonly key: string;
    } | undefined;
    /** The region, for services that want one. */
    readonly region?: {
      /** Name of the Secret, in the namespace of the object that reads it. */
      readonly secret: string;
      /** Key inside the Secret. */
      readonly key: string;
    } | undefined;
    /** Name of a Secret with ACCESS_KEY_ID and ACCESS_SECRET_KEY, or { secret, accessKeyId, secretAccessKey }. */
    readonly credentials?: string | {
      /** Name of the Secret. */
      readonly secret: string;
      /**
       * Key of the access key id inside the Secret.
       * @default "ACCESS_KEY_ID"
       */
      readonly accessKeyId?: string | undefined;
      /**
       * Key of the secret access key inside the Secret.
       * @default "ACCESS_SECRET_KEY"
       */
      readonly secretAccessKey?: string | undefined;
    } | undefined;
    /** Says that the pod itself has a role that opens the bucket. */
    readonly inheritFromIAMRole?: true | undefined;
  } | undefined;
  /** Google Cloud Storage. */
  readonly gcs?: {
    /** Name of the bucket, which must exist. */
    readonly bucket: string;
    /**
     * Folder in the bucket; below it each lineage has its own.
     * @default "immich"
     */
    readonly folder?: string | undefined;
    /** The key file (JSON) of a service account. */
    readonly credentials?: {
      /** Name of the Secret, in the namespace of the object that reads it. */
      readonly secret: string;
      /** Key inside the Secret. */
      readonly key: string;
    } | undefined;
    /** Says that the pod itself has an identity that opens the bucket. */
    readonly gkeEnvironment?: true | undefined;
  } | undefined;
};

/**
 * How browsers and phones reach Immich.
 * @default {}
 */
export type RouteSection = {
  /** The TLS certificate of the host; default the proxy's own default certificate. A Gateway has its own. */
  readonly certificate?: {
    /** Name of a ClusterIssuer of cert-manager. */
    readonly clusterIssuer: string;
    readonly issuer?: undefined;
    readonly secret?: undefined;
  } | {
    /** Name of an Issuer of cert-manager, in Immich's namespace. */
    readonly issuer: string;
    readonly clusterIssuer?: undefined;
    readonly secret?: undefined;
  } | {
    /** Name of a Secret with tls.crt and tls.key that exists already. */
    readonly secret: string;
    readonly clusterIssuer?: undefined;
    readonly issuer?: undefined;
  } | undefined;
  /** A login before Immich, by traefik. /api and /.well-known/immich stay open, since the mobile apps need them. */
  readonly authentication?: {
    /** Name of a Traefik Middleware in Immich's namespace, such as a forwardAuth. */
    readonly middleware: string;
  } | undefined;
  /** By an IngressRoute of Traefik, which is the default: what must be known about Traefik. */
  readonly traefik?: {
    /**
     * Namespaces that Traefik may run in: kube-system on k3s, traefik elsewhere.
     * @default ["kube-system","traefik"]
     */
    readonly namespaces?: readonly string[] | undefined;
    /**
     * Labels of Traefik's pods.
     * @default {"app.kubernetes.io/name":"traefik"}
     */
    readonly podLabels?: { readonly [key: string]: string } | undefined;
    /**
     * Addresses of the nodes, where Traefik is on the host network: its connections come from there, and not from its pods.
     * @default []
     */
    readonly addresses?: readonly string[] | undefined;
    /**
     * Names of Traefik's entry points.
     * @default {}
     */
    readonly entryPoints?: {
      /**
       * Entry point for plain HTTP, which is redirected.
       * @default "web"
       */
      readonly web?: string | undefined;
      /**
       * Entry point for HTTPS.
       * @default "websecure"
       */
      readonly websecure?: string | undefined;
    } | undefined;
    /**
     * Whether to set the read timeout of k3s's own Traefik by a HelmChartConfig. A cluster has one for Traefik: where there is one already, leave this false and merge into its valuesContent what synth prints, or it is written over. The object stays where Immich goes.
     * @default false
     */
    readonly k3s?: boolean | undefined;
    /**
     * How long one upload may take, hours for a long video over a slow line. Traefik's own default of 60s cuts big videos off.
     * @default "12h"
     */
    readonly readTimeout?: string | undefined;
  } | undefined;
  /** By an HTTPRoute of the Gateway API, at Gateways of others. */
  readonly gateway?: {
    /** The program behind the Gateway. It decides which timeouts are written, and who may connect to the server: with gke and other, network.clients must say that. */
    readonly class: "envoy" | "cilium" | "istio" | "kgateway" | "traefik" | "nginx" | "gke" | "other";
    /** The Gateways that answer for the host, such as one for the house and one for everybody. */
    readonly parents: readonly ({
      /** Name of the Gateway. */
      readonly name: string;
      /** Namespace of the Gateway, which must let routes of other namespaces in. */
      readonly namespace: string;
      /** Name of its listener for HTTPS. Without it every listener answers, that for plain HTTP among them. */
      readonly section?: string | undefined;
    })[];
    /**
     * Namespaces that the proxy's pods run in; default those of the Gateways, and envoy-gateway-system, traefik and kube-system where the class runs there.
     * @default []
     */
    readonly namespaces?: readonly string[] | undefined;
  } | undefined;
  /** By an Ingress, for a controller of others. */
  readonly ingress?: {
    /** Name of the IngressClass, such as nginx. */
    readonly class: string;
    /**
     * Further annotations; they win over ours. For a class with nginx in its name, ours lift its limits on the size and the time of an upload.
     * @default {}
     */
    readonly annotations?: { readonly [key: string]: string } | undefined;
    /**
     * Namespaces that the controller's pods run in; default ingress-nginx for nginx, kube-system and traefik for traefik.
     * @default []
     */
    readonly namespaces?: readonly string[] | undefined;
  } | undefined;
  /** By an Ingress of Tailscale's operator: Immich is a machine of the tailnet. */
  readonly tailscale?: {
    /** Name of the machine in the tailnet, the first part of host: photos for photos.tail1234.ts.net. */
    readonly hostname: string;
    /**
     * Namespaces that the operator's proxies run in.
     * @default ["tailscale"]
     */
    readonly namespaces?: readonly string[] | undefined;
  } | undefined;
  /** By nothing of ours, written as {}: a tunnel or a load balancer of your own leads to the Service immich-server, and network.clients lets it in. Cloudflare refuses uploads over 100 MB. */
  readonly none?: {
  } | undefined;
  /**
   * Names of further Traefik Middlewares in Immich's namespace, before every request and before the login; by traefik.
   * @default []
   */
  readonly middlewares?: readonly string[] | undefined;
  /**
   * What stays open past the login: shareLinks, the links by which people without an account see an album.
   * @default []
   */
  readonly openPaths?: readonly ("shareLinks")[] | undefined;
};
