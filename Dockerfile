# The suite and its emulator as one image; the arguments are those of the command line.
#   docker build -t call-mute-conformance .
#   docker run --rm -v "$PWD/reports:/work/reports" call-mute-conformance
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build
# What is packed is what npm would install, with the versions of the lock file.
RUN mkdir /app && npm pack --ignore-scripts --silent --pack-destination /app
RUN tar -xzf /app/*.tgz -C /app --strip-components=1 && rm /app/*.tgz && cp package-lock.json /app/
WORKDIR /app
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:${NODE_VERSION}-slim
ENV NODE_ENV=production
COPY --from=build /app /app
# The user `node` of the base image: nothing here needs root.
RUN install -d -o 1000 -g 1000 /work /work/reports
WORKDIR /work
USER 1000:1000
VOLUME /work/reports
ENTRYPOINT ["node", "/app/dist/tools/cli/cli.js"]
